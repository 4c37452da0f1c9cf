import type { AccountId, ShopId, UserId } from './id.ts'

export type Platform = 'web' | 'mobile'

type SignedIn = {
  account_id: AccountId
  /** Database id of the session that the token belongs to. */
  session_id: number
  platform: Platform
  email_verified: boolean
}

export type Guest = { kind: 'guest' }
export type UserActor = SignedIn & { kind: 'user'; user_id: UserId; role: 'user' | 'admin' }
export type ShopActor = SignedIn & { kind: 'shop'; shop_id: ShopId }

/** Who calls. Always an argument, never ambient. */
export type Actor = Guest | UserActor | ShopActor

/** What the audit trail keeps of a call besides the actor. */
export type CallContext = { request_id: string; ip: string | null; user_agent: string | null }
