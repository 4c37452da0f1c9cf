import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { newSecret } from '#kernel/id.ts'
import { ALGORITHM } from './signing-keys.ts'

/**
 * The present key set (JSON text of AUTH_SIGNING_KEYS) with a fresh key in front, which signs from the next start on.
 * The older ones go on verifying: nobody is signed out. Take them away after a week, the life of a refresh token.
 */
export async function addSigningKey(auth_signing_keys: string, now: Date): Promise<{ keys: JWK[] }> {
  // Checked at the start of the program (app/secrets.ts).
  const present: { keys: JWK[] } = JSON.parse(auth_signing_keys)
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const kid = `${now.toISOString().slice(0, 10)}-${newSecret().slice(0, 8)}`
  return { keys: [{ ...(await exportJWK(privateKey)), kid, alg: ALGORITHM, use: 'sig' }, ...present.keys] }
}
