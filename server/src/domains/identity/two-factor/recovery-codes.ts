import { randomBytes } from 'node:crypto'
import { mac } from '#infra/crypto-box.ts'

const RECOVERY_CODES = 10
/** Without letters that look alike (Crockford). 32 of them: five bits each. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten codes of 50 random bits, `xxxxx-xxxxx`; shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = [...randomBytes(10)].map((byte) => LETTERS[byte % 32]).join('')
    return `${letters.slice(0, 5)}-${letters.slice(5)}`
  })
}

/** Keyed hash of a code as a person may type it: case, blanks and the dash do not matter. */
export function recoveryCodeHash(key: Buffer, account_id: number, code: string): string {
  return mac(key, `recovery:${account_id}:${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
}
