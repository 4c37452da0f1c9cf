import { createHash } from 'node:crypto'

/** Somebody who signs in at the local issuer. */
export type Person = { sub: string; email: string; name: string; email_verified: boolean; is_slow: boolean }

/** What was typed: a person, an error that the issuer shall answer with, or nothing that can be used. */
export type Typed = { person: Person } | { failure: string } | { invalid: 'email' }

/** Offered for one click; any other can be typed. */
export const CHOICES = [
  { name: 'Аида Омарова', email: 'aida.omarova@example.com' },
  { name: 'Nurlan Serik', email: 'nurlan.serik@example.com' },
  { name: 'Әсел Қасымова', email: 'assel.kassymova@example.com' },
] as const

/** Errors of RFC 6749 4.1.2.1 that can be asked for by typing `fail:<error>@example.com`. */
const FAILURES = ['server_error', 'temporarily_unavailable', 'access_denied']

/**
 * Reads what was typed. `fail:server_error@…` makes the issuer answer with that error, `fail:slow@…` makes it answer
 * late, `unverified…@…` is an address that Google has not checked.
 */
export function readTyped(email_typed: string, name_typed: string): Typed {
  const email = email_typed.trim().toLowerCase()
  const failure = /^fail:([a-z_]+)@/.exec(email)?.[1]
  if (failure && FAILURES.includes(failure)) return { failure }
  if (failure && failure !== 'slow') return { invalid: 'email' }
  if (email.length > 254 || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) return { invalid: 'email' }
  const local_part = email.slice(0, email.indexOf('@'))
  return {
    person: {
      sub: subjectOf(email),
      email,
      name: name_typed.trim().slice(0, 100) || local_part,
      email_verified: !email.startsWith('unverified'),
      is_slow: failure === 'slow',
    },
  }
}

/** The same address is the same person on every machine and after every restart: 21 digits, as Google's are. */
function subjectOf(email: string): string {
  const number = BigInt(`0x${createHash('sha256').update(`leema local issuer ${email}`).digest('hex')}`)
  return `1${number.toString().slice(0, 20).padEnd(20, '0')}`
}
