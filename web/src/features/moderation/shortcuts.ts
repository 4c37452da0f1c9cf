import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export type Command =
  | 'next'
  | 'previous'
  | 'approve'
  | 'reject'
  | 'next_picture'
  | 'previous_picture'
  | 'help'
export type Keys = { command: Command; keys: string[] }

/** As shown to people, in this order. */
export const SHORTCUTS: readonly Keys[] = [
  { command: 'next', keys: ['J'] },
  { command: 'previous', keys: ['K'] },
  { command: 'approve', keys: ['A'] },
  { command: 'reject', keys: ['R'] },
  { command: 'next_picture', keys: ['→'] },
  { command: 'previous_picture', keys: ['←'] },
  { command: 'help', keys: ['?'] },
]

/** By the place on the keyboard, so that they work while a Russian or Kazakh layout is on. */
const BY_CODE: Record<string, Command> = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyA: 'approve',
  KeyR: 'reject',
  ArrowRight: 'next_picture',
  ArrowLeft: 'previous_picture',
}

type Press = Pick<
  KeyboardEvent,
  'code' | 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'defaultPrevented'
>

/** What a press of a key asks for. A key that is held down asks once: a decision must not run on to the next card. */
export function commandOf(press: Press): Command | null {
  if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null
  if (press.key === '?' || (press.key === ',' && press.code === 'Slash')) return 'help'
  return BY_CODE[press.code] ?? null
}

const STORAGE_KEY = 'leema.moderation.shortcuts'
const listeners = new Set<() => void>()
let are_on = readSwitch()

/** Whether single keys do anything: they can be switched off (WCAG 2.1.4). */
export function useShortcutSwitch(): [boolean, (next: boolean) => void] {
  const on = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => are_on,
    () => true,
  )
  return [on, setSwitch]
}

/** Runs `onCommand` for the keys of `SHORTCUTS`, never while somebody types or a dialog is open. */
export function useShortcuts(onCommand: (command: Command) => void): void {
  const run = useEffectEvent(onCommand)
  const [on] = useShortcutSwitch()
  useEffect(() => {
    if (!on) return
    const listen = (event: KeyboardEvent) => {
      const command = commandOf(event)
      if (command === null || isTyping(event.target) || isDialogOpen()) return
      event.preventDefault()
      run(command)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [on])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  return (
    target.closest('input, textarea, select, [contenteditable], [role="textbox"], [role="radiogroup"]') !==
    null
  )
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"]:not([data-closed])') !== null
}

function readSwitch(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

function setSwitch(next: boolean): void {
  are_on = next
  try {
    if (next) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, 'off')
  } catch {
    // Storage is closed in some private modes; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}
