import { randomInt } from 'node:crypto'
import { mac } from '#infra/crypto-box.ts'
import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import { hashSecret, newSecret } from '#kernel/id.ts'
import { after } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { EMAIL_CODE_TRIES, EMAIL_TOKEN_MS } from '../model.ts'
import { replaceMailToken } from './queries.ts'

type Deps = Pick<IdentityDeps, 'clock' | 'config'>

/**
 * A fresh code and link for the address of an account, in the caller's transaction; older ones stop working.
 * The secret of the link stands behind `#`: it reaches neither server logs nor other sites.
 */
export async function sendVerification(
  tx: Tx,
  deps: Deps,
  account: { id: number; email: string; locale: string },
): Promise<void> {
  const now = deps.clock.now()
  const token = newSecret()
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  await replaceMailToken(tx, {
    account_id: account.id,
    purpose: 'verify',
    token_hash: hashSecret(token),
    code_hash: mailCodeHash(deps, account.id, code),
    tries_left: EMAIL_CODE_TRIES,
    now,
    expires_at: after(now, EMAIL_TOKEN_MS),
  })
  const link = `${deps.config.site_origin}/verify-email#token=${token}`
  const { id: account_id, email, locale } = account
  await emit(tx, {
    name: 'identity.verification_requested',
    payload: { account_id, email, locale, code, link },
  })
}

/** Keyed: six digits are soon tried out against a plain hash. */
export function mailCodeHash(deps: Pick<IdentityDeps, 'config'>, account_id: number, code: string): string {
  return mac(deps.config.data_encryption_key, `email-code:${account_id}:${code}`)
}
