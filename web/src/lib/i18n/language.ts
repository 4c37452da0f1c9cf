import { useSyncExternalStore } from 'react'

export const LANGUAGES = ['ru', 'kk', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each language called by its own name, as a reader who knows only that one looks for it. */
export const LANGUAGE_NAMES: Record<Language, string> = { ru: 'Русский', kk: 'Қазақша', en: 'English' }

const STORAGE_KEY = 'leema.language'
const listeners = new Set<() => void>()
let current: Language = detectLanguage(storedLanguage(), browserLanguages())

/** Choice of the reader, else the first known language of the browser, else Russian. */
export function detectLanguage(chosen: string | null, preferred: readonly string[]): Language {
  for (const tag of chosen === null ? preferred : [chosen, ...preferred]) {
    const known = LANGUAGES.find((language) => language === tag.toLowerCase().split('-')[0])
    if (known) return known
  }
  return 'ru'
}

export function currentLanguage(): Language {
  return current
}

/** Remembers the choice and turns the page at once. */
export function chooseLanguage(language: Language): void {
  current = language
  try {
    localStorage.setItem(STORAGE_KEY, language)
  } catch {
    // Storage is closed in some private modes; the choice then lasts as long as the page.
  }
  document.documentElement.lang = language
  for (const listener of listeners) listener()
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage, currentLanguage)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

function browserLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages
}
