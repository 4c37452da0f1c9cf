import { inTransaction } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import { hashSecret, newSecret } from '#kernel/id.ts'
import { after } from '#kernel/time.ts'
import { findAccountByEmail } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { replaceMailToken } from '../email/queries.ts'
import { limitTries, noSoonerThan } from '../limits.ts'
import { EMAIL_CODE_TRIES, EMAIL_TOKEN_MS, normaliseEmail } from '../model.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>

/** Writing a mail takes a few milliseconds; the answer for an unknown address takes as long. */
const ANSWER_MS = 100

/** A link by mail, if there is such an account. The answer never says whether there is. @throws rate_limited (429) */
export async function requestPasswordReset(deps: Deps, input: { email: string }): Promise<void> {
  const email = normaliseEmail(input.email)
  await limitTries(deps, 'mail', `reset:${email}`)
  await noSoonerThan(ANSWER_MS, async () => {
    const account = await findAccountByEmail(deps.db, email)
    if (account && account.blocked_at === null) await sendLink(deps, account)
  })
}

function sendLink(deps: Deps, account: { id: number; email: string; locale: string }): Promise<void> {
  const now = deps.clock.now()
  const token = newSecret()
  return inTransaction(deps.db, async (tx) => {
    await replaceMailToken(tx, {
      account_id: account.id,
      purpose: 'reset',
      token_hash: hashSecret(token),
      code_hash: null,
      tries_left: EMAIL_CODE_TRIES,
      now,
      expires_at: after(now, EMAIL_TOKEN_MS),
    })
    const link = `${deps.config.site_origin}/reset-password#token=${token}`
    const { id: account_id, email, locale } = account
    await emit(tx, {
      name: 'identity.password_reset_requested',
      payload: { account_id, email, locale, link },
    })
  })
}
