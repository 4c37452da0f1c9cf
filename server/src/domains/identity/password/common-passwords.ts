import { readFileSync } from 'node:fs'
import { validationFailed } from '#kernel/problem.ts'
import { judgePassword, type PasswordContext } from './password-rules.ts'

/**
 * 55,336 lower-case passwords out of the "10 million password list" of SecLists (Daniel Miessler, Jason Haddix;
 * CC BY-SA 3.0, as is this extract): everything of 15 characters or more in the first million, and of 8 or more in
 * the first 120,000. Shorter ones are refused by length.
 */
const LIST = new URL('common-passwords.txt', import.meta.url)

let known: Set<string> | undefined

export function isCommonPassword(text: string): boolean {
  // Read when first asked (about 20 ms, 5 MB): only processes that set passwords need it.
  known ??= new Set(readFileSync(LIST, 'utf8').split('\n'))
  return known.has(text)
}

/** @throws validation_failed (422) with `too_short`, `too_long` or `password_breached` on `password` */
export function assertGoodPassword(password: string, context: PasswordContext): void {
  const error = judgePassword(password, context, isCommonPassword)
  if (error) throw validationFailed([error])
}
