import type { ShopActor, UserActor } from '#kernel/actor.ts'
import type { AccountRow } from '../accounts/queries.ts'
import { type AccountType, asRole, type Role, type SignInRequest } from '../model.ts'

/** The profile that a session of this type acts as; null when the account has none. */
export function profileOf(
  account: AccountRow,
  account_type: AccountType,
): { role: Role; profile_id: number } | null {
  const profile_id = account_type === 'user' ? account.user_id : account.shop_id
  if (profile_id === null) return null
  return { profile_id, role: account_type === 'shop' ? 'shop' : asRole(account.role) }
}

/** Who acts in a session. @throws Error when the account has no such profile: it had one when the session began */
export function sessionActor(
  account: AccountRow,
  session: Pick<SignInRequest, 'account_type' | 'platform'> & { session_id: number },
): UserActor | ShopActor {
  const profile = profileOf(account, session.account_type)
  if (!profile) throw new Error('a session without its profile')
  const common = {
    account_id: account.id,
    session_id: session.session_id,
    platform: session.platform,
    email_verified: account.email_verified_at !== null,
  }
  if (session.account_type === 'shop') return { kind: 'shop', shop_id: profile.profile_id, ...common }
  return { kind: 'user', user_id: profile.profile_id, role: asRole(account.role), ...common }
}
