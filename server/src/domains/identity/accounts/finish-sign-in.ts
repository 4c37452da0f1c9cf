import { inTransaction, type Reader } from '#infra/db.ts'
import type { CallContext, Platform } from '#kernel/actor.ts'
import { newSecret } from '#kernel/id.ts'
import { after, SECOND_MS } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { type AccountType, asRole, PRE_AUTH_MS, type SignInRequest } from '../model.ts'
import type { Tokens } from '../sessions/issue-tokens.ts'
import { openSession } from '../sessions/open-session.ts'
import { findShopProfile, type ShopProfile } from '../shops/queries.ts'
import { signToken, type TokenDeps } from '../tokens/tokens.ts'
import { factorsOf } from '../two-factor/queries.ts'
import { findUserProfile, type UserProfile } from '../users/queries.ts'
import type { AccountRow } from './queries.ts'

export type Profiles = {
  account_type: AccountType
  platform: Platform
  user: UserProfile | null
  shop: ShopProfile | null
}
export type SignedIn = Profiles & { kind: 'signed_in'; tokens: Tokens }
export type SecondFactorMethod = 'totp' | 'passkey' | 'recovery_code'
export type SecondFactorNeeded = {
  kind: 'second_factor'
  pre_auth_token: string
  enrolment_required: boolean
  /** What the account can prove the second step with; empty while it has to be set up. */
  methods: SecondFactorMethod[]
  expires_in: number
}
export type SignInOutcome = SignedIn | SecondFactorNeeded

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config'>

/**
 * After the first factor was proved: a session, or the demand for the second factor. An admin without one gets a
 * token that permits nothing but setting it up.
 */
export async function finishSignIn(
  deps: Deps,
  account: AccountRow,
  request: SignInRequest & { call: CallContext },
): Promise<SignInOutcome> {
  const must_enrol = request.account_type === 'user' && asRole(account.role) === 'admin'
  if (account.two_factor_enabled_at !== null || must_enrol) return askForSecondFactor(deps, account, request)
  const { tokens } = await inTransaction(deps.db, (tx) =>
    openSession(tx, deps, {
      ...request,
      account_id: account.id,
      seen_password_changed_at: account.password_changed_at,
    }),
  )
  return { kind: 'signed_in', tokens, ...(await readProfiles(deps.db, account, request)) }
}

export async function readProfiles(
  db: Reader,
  ids: { user_id: number | null; shop_id: number | null },
  { account_type, platform }: Pick<SignInRequest, 'account_type' | 'platform'>,
): Promise<Profiles> {
  const user = account_type === 'user' && ids.user_id !== null ? await findUserProfile(db, ids.user_id) : null
  const shop = account_type === 'shop' && ids.shop_id !== null ? await findShopProfile(db, ids.shop_id) : null
  return { account_type, platform, user: user ?? null, shop: shop ?? null }
}

async function askForSecondFactor(
  deps: TokenDeps & Pick<IdentityDeps, 'db'>,
  account: AccountRow,
  request: SignInRequest,
): Promise<SecondFactorNeeded> {
  const now = deps.clock.now()
  const enrolment_required = account.two_factor_enabled_at === null
  const pre_auth_token = await signToken(deps, {
    type: 'pre_auth',
    jti: newSecret(),
    issued_at: now,
    expires_at: after(now, PRE_AUTH_MS),
    claims: {
      account_id: account.id,
      account_type: request.account_type,
      platform: request.platform,
      amr: request.amr,
      purpose: enrolment_required ? 'enrol' : 'verify',
      // A change of password makes the token worthless.
      password_changed_at: account.password_changed_at?.getTime() ?? null,
    },
  })
  const methods = await methodsOf(deps.db, account.id)
  const expires_in = PRE_AUTH_MS / SECOND_MS
  return { kind: 'second_factor', pre_auth_token, enrolment_required, methods, expires_in }
}

async function methodsOf(db: Reader, account_id: number): Promise<SecondFactorMethod[]> {
  const { totp, passkeys, recovery_codes_left } = await factorsOf(db, account_id)
  return [
    ...(passkeys > 0 ? ['passkey' as const] : []),
    ...(totp ? ['totp' as const] : []),
    ...(recovery_codes_left > 0 ? ['recovery_code' as const] : []),
  ]
}
