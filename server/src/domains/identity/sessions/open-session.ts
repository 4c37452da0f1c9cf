import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { newSecret } from '#kernel/id.ts'
import { after } from '#kernel/time.ts'
import { type AccountRow, lockAccount } from '../accounts/queries.ts'
import { hasSecondFactor, type Role, type SignInRequest, sessionLifeMs } from '../model.ts'
import { invalidCredentials, reauthRequired } from '../problems.ts'
import type { TokenDeps } from '../tokens/tokens.ts'
import { issueTokens, type Tokens } from './issue-tokens.ts'
import { insertSession, knownDevice } from './queries.ts'
import { profileOf, sessionActor } from './session-actor.ts'

export type OpenSession = SignInRequest & {
  account_id: number
  call: CallContext
  /** The session that this one comes of: it is not younger, lives no longer, and ends with that sign-in. */
  parent?: Parent
  /** The credential that was checked before this transaction; a change since then refuses the session. */
  seen_password_changed_at?: Date | null
}

type Parent = { public_id: string; family: string | null; authenticated_at: Date; expires_at: Date }

export type OpenedSession = { tokens: Tokens; actor: UserActor | ShopActor; public_id: string }

/**
 * A new session with its first tokens, its audit row and, on a program not seen before, a notice to the owner.
 * Holds the account's row until the transaction ends.
 * @throws invalid_credentials (401) when the account was blocked or its password changed meanwhile
 */
export async function openSession(tx: Tx, deps: TokenDeps, input: OpenSession): Promise<OpenedSession> {
  const now = deps.clock.now()
  const account = await lockAccount(tx, input.account_id, 'share')
  const profile = account && profileOf(account, input.account_type)
  if (!profile || account.blocked_at !== null || hasChanged(account, input)) throw invalidCredentials()
  const { role, profile_id } = profile
  const device = await knownDevice(tx, account.id, input.call.user_agent)
  const { account_type, platform, amr, call } = input
  const session = {
    public_id: newSecret(),
    account_id: account.id,
    account_type,
    platform,
    amr,
    family: input.parent ? (input.parent.family ?? input.parent.public_id) : null,
    expires_at: expiryOf(input.parent, role, now),
  }
  const { id: session_id } = await insertSession(tx, {
    ...session,
    authenticated_at: input.parent?.authenticated_at ?? now,
    now,
    call,
  })
  const tokens = await issueTokens(tx, deps, { ...session, session_id, role, profile_id })
  if (device.seen_account && !device.seen_device) await tellOwner(tx, account, call)
  const actor = sessionActor(account, { account_type, platform, session_id })
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

/** @throws reauth_required (401) when the sign-in is too old for a session of this role */
function expiryOf(parent: Parent | undefined, role: Role, now: Date): Date {
  if (!parent) return after(now, sessionLifeMs(role))
  const latest = after(parent.authenticated_at, sessionLifeMs(role))
  const expires_at = latest < parent.expires_at ? latest : parent.expires_at
  if (expires_at <= now) throw reauthRequired()
  return expires_at
}

/** Another password, or a second factor switched on, since the credentials were checked. */
function hasChanged(account: AccountRow, input: OpenSession): boolean {
  if (account.two_factor_enabled_at !== null && !hasSecondFactor(input.amr)) return true
  if (input.seen_password_changed_at === undefined) return false
  return account.password_changed_at?.getTime() !== input.seen_password_changed_at?.getTime()
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
