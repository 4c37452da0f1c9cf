import { hash, verify } from '@node-rs/argon2'
import { verify as verifyBcrypt } from '@node-rs/bcrypt'

/** OWASP: argon2id, 19 MiB, 2 passes, 1 lane; about 10 ms. The library's default algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$'
/** Of a random password that nobody kept: an unknown address costs as much time as a known one. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$4c2GH13rbD6cVcr9/yGKmQ$UJtnU6xbIYdP3ctKUsdcWfPhgZgFFxBth5zi7MFMWa4'

/** Passwords are compared in NFKC: the same letters typed on another keyboard are the same password (RFC 8265). */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST)
}

/**
 * Never throws. Without a hash it works as long and says no.
 * bcrypt (`$2…`) comes from the platform's first version and is replaced when it fits.
 */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  try {
    if (stored === null) {
      await verify(NOBODY, password.normalize('NFKC'))
      return false
    }
    if (stored.startsWith('$2')) return await verifyBcrypt(password, stored)
    return await verify(stored, password.normalize('NFKC'))
  } catch {
    // A malformed hash matches nothing.
    return false
  }
}

export function needsRehash(stored: string): boolean {
  return !stored.startsWith(CURRENT)
}
