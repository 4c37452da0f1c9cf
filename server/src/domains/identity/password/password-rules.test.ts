import { expect, test } from 'vitest'
import { isCommonPassword } from './common-passwords.ts'
import { judgePassword, type PasswordContext } from './password-rules.ts'

const CONTEXT: PasswordContext = {
  has_second_factor: false,
  email: 'aida.omarova@example.com',
  app_name: 'Leema',
}
const codeOf = (password: string, context = CONTEXT) =>
  judgePassword(password, context, isCommonPassword)?.code ?? 'fine'

test.each([
  ['correct horse battery staple', 'fine'],
  ['қызыл алма көк аспан', 'fine'],
  ['мама мыла старую раму', 'fine'],
  ['zqjxkvbwpyghfmd', 'fine'],
  ['zqjxkvbwpyghfm', 'too_short'],
  ['😀'.repeat(7), 'too_short'],
  ['q'.repeat(257), 'too_long'],
  ['passwordpassword', 'password_breached'],
  ['PasswordPassword', 'password_breached'],
  ['aaaaaaaaaaaaaaa', 'password_breached'],
  ['123412341234123', 'password_breached'],
  ['123456789012345', 'password_breached'],
  ['qwertyuiopasdfg', 'password_breached'],
  ['йцукенгшщзхъфывапро', 'password_breached'],
  ['йцукенйцукенйцукен', 'password_breached'],
  ['abcdefghijklmnop', 'password_breached'],
  ['aida.omarova2024!!', 'password_breached'],
  ['aida.omarova@example.com', 'password_breached'],
  ['leema-leema-leema', 'password_breached'],
])('%s is %s', (password, verdict) => {
  expect(codeOf(password)).toBe(verdict)
})

test('with a second factor eight characters do, and a known password still does not', () => {
  const context = { ...CONTEXT, has_second_factor: true }
  expect([codeOf('zqjxkvbw', context), codeOf('zqjxkvb', context), codeOf('trustno1', context)]).toEqual([
    'fine',
    'too_short',
    'password_breached',
  ])
})

test('letters are judged as a person sees them: a composed and a decomposed word are the same', () => {
  expect(codeOf('é'.normalize('NFD').repeat(14))).toBe('too_short')
})

test('the shipped list is there whole', () => {
  expect([
    isCommonPassword('passwordpassword'),
    isCommonPassword('iloveyou123'),
    isCommonPassword('zqjxkvbwpyghfmd'),
  ]).toEqual([true, true, false])
})
