import { expect, test } from 'vitest'
import { commandOf } from './shortcuts.ts'

const press = (part: Partial<Parameters<typeof commandOf>[0]>) => ({
  code: '',
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  defaultPrevented: false,
  ...part,
})

test.each([
  ['j', 'KeyJ', 'next'],
  ['о', 'KeyJ', 'next'],
  ['ф', 'KeyA', 'approve'],
  ['R', 'KeyR', 'reject'],
  ['?', 'Digit7', 'help'],
  ['ArrowLeft', 'ArrowLeft', 'previous_picture'],
  ['x', 'KeyX', null],
] as const)('the key that writes %s (%s) means %s', (key, code, command) => {
  expect(commandOf(press({ key, code }))).toBe(command)
})

test('with Ctrl, Cmd or Alt it belongs to the browser, and a key held down decides once', () => {
  expect(commandOf(press({ code: 'KeyA', ctrlKey: true }))).toBeNull()
  expect(commandOf(press({ code: 'KeyR', metaKey: true }))).toBeNull()
  expect(commandOf(press({ code: 'ArrowLeft', altKey: true }))).toBeNull()
  expect(commandOf(press({ code: 'KeyA', repeat: true }))).toBeNull()
})
