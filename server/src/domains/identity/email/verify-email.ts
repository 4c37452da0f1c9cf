import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import { lockAccount, updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { SIX_DIGITS } from '../model.ts'
import { badMailToken, exactlyOneOf } from '../problems.ts'
import { tryMailCode, useMailToken } from './queries.ts'
import { mailCodeHash } from './send-verification.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>
export type VerifyEmail = { token?: string; code?: string; call: CallContext }

/**
 * Confirms an address: by the secret of the link, which anybody who has the mail may bring, or by the typed code,
 * which works only for the signed-in account. Six digits in `token` count as the code.
 * @throws bad_request (400) for a wrong, used, expired or exhausted one; not_authenticated (401); rate_limited (429)
 */
export async function verifyEmail(deps: Deps, actor: Actor, input: VerifyEmail): Promise<void> {
  if ((input.token === undefined) === (input.code === undefined)) throw exactlyOneOf('token', 'code')
  const secret = input.token ?? input.code ?? ''
  const account_id = SIX_DIGITS.test(secret) ? await byCode(deps, actor, secret) : null
  const is_verified = await inTransaction(deps.db, async (tx) => {
    const verified = account_id ?? (await byLink(tx, deps, secret))
    if (verified === null) return false
    await confirm(tx, deps, { account_id: verified, actor, call: input.call })
    return true
  })
  if (!is_verified) throw badMailToken()
}

/** In a transaction of its own: a wrong try stays counted. */
async function byCode(deps: Deps, actor: Actor, code: string): Promise<number> {
  if (actor.kind === 'guest') throw notAuthenticated()
  const { account_id } = actor
  await limitTries(deps, 'second_factor', `email-code:${account_id}`)
  const code_hash = mailCodeHash(deps, account_id, code)
  const attempt = { account_id, purpose: 'verify' as const, code_hash, now: deps.clock.now() }
  const tried = await inTransaction(deps.db, (tx) => tryMailCode(tx, attempt))
  if (!tried?.is_right) throw badMailToken()
  return account_id
}

async function byLink(tx: Tx, deps: Deps, token: string): Promise<number | null> {
  const used = await useMailToken(tx, hashSecret(token), 'verify', deps.clock.now())
  return used?.account_id ?? null
}

async function confirm(
  tx: Tx,
  deps: Deps,
  { account_id, actor, call }: { account_id: number; actor: Actor; call: CallContext },
): Promise<void> {
  const account = await lockAccount(tx, account_id, 'update')
  if (!account || account.email_verified_at !== null) return
  await updateAccount(tx, account_id, { email_verified_at: deps.clock.now() })
  await record(tx, {
    actor,
    call,
    action: 'identity.email_verified',
    entity_type: 'account',
    entity_id: account_id,
  })
}
