import { seal } from '#infra/crypto-box.ts'
import { inTransaction } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { Actor } from '#kernel/actor.ts'
import { lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { twoFactorAlreadyOn } from '../problems.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { openPreAuth, type PreAuth } from './pre-auth.ts'
import { factorsOf, saveSecret } from './queries.ts'
import { newTotpSecret, otpauthUrl } from './totp.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter' | 'shared'>
export type TwoFactorSetUp = { otpauth_url: string; secret: string }

/**
 * A secret for the authenticator app. It counts only after `enableTwoFactor` has seen a code made with it.
 * For a signed-in account with a recent sign-in, or for the holder of a pre-auth token that demands enrolment.
 * @throws already_exists (409), reauth_required, not_authenticated (401)
 */
export async function setUpTwoFactor(
  deps: Deps,
  actor: Actor,
  input: { pre_auth_token?: string },
): Promise<TwoFactorSetUp> {
  const { account_id } = await whoEnrols(deps, actor, input.pre_auth_token)
  const secret = newTotpSecret()
  const label = await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, account_id, 'update')
    if (!account) throw notAuthenticated()
    if ((await factorsOf(tx, account_id)).totp) throw twoFactorAlreadyOn()
    await saveSecret(tx, account_id, seal(deps.config.data_encryption_key, secret))
    return account.email
  })
  return { secret, otpauth_url: otpauthUrl(secret, { issuer: deps.config.app_name, label }) }
}

export type Enroller = { account_id: number; pre_auth: PreAuth | null }

export async function whoEnrols(
  deps: Deps,
  actor: Actor,
  pre_auth_token: string | undefined,
): Promise<Enroller> {
  if (pre_auth_token !== undefined) {
    const pre_auth = await openPreAuth(deps, pre_auth_token, 'enrol')
    return { account_id: pre_auth.account.id, pre_auth }
  }
  if (actor.kind === 'guest') throw notAuthenticated()
  await assertRecentSignIn(deps, actor)
  return { account_id: actor.account_id, pre_auth: null }
}
