import type { JWTPayload } from 'jose'
import { hashSecret } from '#kernel/id.ts'

/** About 1 kB each. */
const TOKENS_MAX = 5_000

/**
 * Signatures that were found good, so that a token costs one elliptic-curve operation and not one per request.
 * Says nothing about the session: that is asked of the database every time.
 */
export type VerifiedTokens = {
  get(token: string, now: Date): JWTPayload | undefined
  add(token: string, payload: JWTPayload): void
}

export function createVerifiedTokens(): VerifiedTokens {
  const known = new Map<string, JWTPayload>()
  return {
    get(token, now) {
      const key = hashSecret(token)
      const payload = known.get(key)
      if (!payload) return undefined
      known.delete(key)
      if ((payload.exp ?? 0) * 1_000 <= now.getTime()) return undefined
      // Put at the end: the first one in the map is the one that was not used for longest.
      known.set(key, payload)
      return payload
    },
    add(token, payload) {
      known.set(hashSecret(token), payload)
      const oldest = known.keys().next()
      if (known.size > TOKENS_MAX && !oldest.done) known.delete(oldest.value)
    },
  }
}
