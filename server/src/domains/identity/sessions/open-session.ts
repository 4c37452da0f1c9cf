import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { newSecret } from '#kernel/id.ts'
import { after } from '#kernel/time.ts'
import { type AccountRow, lockAccount } from '../accounts/queries.ts'
import { asRole, type Role, type SignInRequest, sessionLifeMs } from '../model.ts'
import { invalidCredentials } from '../problems.ts'
import type { TokenDeps } from '../tokens/tokens.ts'
import { issueTokens, type Tokens } from './issue-tokens.ts'
import { insertSession, knownDevice } from './queries.ts'

export type OpenSession = SignInRequest & {
  account_id: number
  call: CallContext
  /** When the person proved who he is; a session derived from another keeps that one's time. */
  authenticated_at?: Date
  /** The credential that was checked before this transaction; a change since then refuses the session. */
  seen_password_changed_at?: Date | null
}

export type OpenedSession = { tokens: Tokens; actor: UserActor | ShopActor; public_id: string }

/**
 * A new session with its first tokens, its audit row and, on a program not seen before, a notice to the owner.
 * Holds the account's row until the transaction ends.
 * @throws invalid_credentials (401) when the account was blocked or its password changed meanwhile
 */
export async function openSession(tx: Tx, deps: TokenDeps, input: OpenSession): Promise<OpenedSession> {
  const now = deps.clock.now()
  const account = await lockAccount(tx, input.account_id, 'share')
  if (!account || account.blocked_at !== null || hasChanged(account, input)) throw invalidCredentials()
  const { role, profile_id } = profileOf(account, input.account_type)
  const device = await knownDevice(tx, account.id, input.call.user_agent)
  const { account_type, platform, amr, call } = input
  const session = {
    public_id: newSecret(),
    account_id: account.id,
    account_type,
    platform,
    amr,
    expires_at: after(now, sessionLifeMs(role)),
  }
  const { id: session_id } = await insertSession(tx, {
    ...session,
    authenticated_at: input.authenticated_at ?? now,
    now,
    call,
  })
  const tokens = await issueTokens(tx, deps, { ...session, session_id, role, profile_id })
  if (device.seen_account && !device.seen_device) await tellOwner(tx, account, call)
  const actor = actorOf(account, { account_type, platform, session_id })
  await record(tx, {
    actor,
    call,
    action: 'identity.signed_in',
    entity_type: 'account',
    entity_id: account.id,
    new_values: { account_type, platform, methods: amr, session_id },
  })
  return { tokens, actor, public_id: session.public_id }
}

function hasChanged(account: AccountRow, input: OpenSession): boolean {
  if (input.seen_password_changed_at === undefined) return false
  return account.password_changed_at?.getTime() !== input.seen_password_changed_at?.getTime()
}

/** @throws invalid_credentials when the account has no such profile */
function profileOf(account: AccountRow, account_type: 'user' | 'shop'): { role: Role; profile_id: number } {
  const profile_id = account_type === 'user' ? account.user_id : account.shop_id
  if (profile_id === null) throw invalidCredentials()
  return { profile_id, role: account_type === 'shop' ? 'shop' : asRole(account.role) }
}

function actorOf(
  account: AccountRow,
  session: Pick<SignInRequest, 'account_type' | 'platform'> & { session_id: number },
): UserActor | ShopActor {
  const common = {
    account_id: account.id,
    session_id: session.session_id,
    platform: session.platform,
    email_verified: account.email_verified_at !== null,
  }
  if (session.account_type === 'shop')
    return { kind: 'shop', shop_id: profileOf(account, 'shop').profile_id, ...common }
  return {
    kind: 'user',
    user_id: profileOf(account, 'user').profile_id,
    role: asRole(account.role),
    ...common,
  }
}

async function tellOwner(tx: Tx, account: AccountRow, call: CallContext): Promise<void> {
  await emit(tx, {
    name: 'identity.signed_in_on_new_device',
    payload: {
      account_id: account.id,
      email: account.email,
      locale: account.locale,
      user_agent: call.user_agent,
      ip: call.ip,
    },
  })
}
