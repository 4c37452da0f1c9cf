import type { Actor, Platform } from '#kernel/actor.ts'
import type { NamedStatements } from '../deps.ts'
import type { AccountType, Method } from '../model.ts'

/** A session and everything that decides whether it may still act. */
export type SessionState = {
  session_id: number
  public_id: string
  account_id: number
  account_type: AccountType
  platform: Platform
  amr: Method[]
  authenticated_at: Date
  expires_at: Date
  is_revoked: boolean
  is_account_closed: boolean
  email_verified: boolean
  user_id: number | null
  role: 'user' | 'admin' | null
  shop_id: number | null
}

const select = (key: 'id' | 'public_id') => `
  select s.id as session_id, s.public_id, s.account_id, s.account_type, s.platform, s.amr, s.authenticated_at,
    s.expires_at, s.revoked_at is not null as is_revoked,
    a.blocked_at is not null or a.deleted_at is not null as is_account_closed,
    a.email_verified_at is not null as email_verified, u.id as user_id, u.role, h.id as shop_id
  from identity.sessions s
  join identity.accounts a on a.id = s.account_id
  left join identity.users u on s.account_type = 'user' and u.account_id = s.account_id
  left join identity.shops h on s.account_type = 'shop' and h.account_id = s.account_id and h.deleted_at is null
  where s.${key} = $1`

const BY_PUBLIC_ID = { name: 'identity_session_by_public_id', text: select('public_id') }
const BY_ID = { name: 'identity_session_by_id', text: select('id') }

/**
 * The state of a session as the database has it now. Asked on every signed-in call and never cached: a log-out, a
 * block or a change of role acts at once in every process. One statement, four unique indexes, prepared once.
 */
export async function findSessionState(
  pool: NamedStatements,
  key: { public_id: string } | { id: number },
): Promise<SessionState | undefined> {
  const statement =
    'id' in key ? { ...BY_ID, values: [key.id] } : { ...BY_PUBLIC_ID, values: [key.public_id] }
  const { rows } = await pool.query(statement)
  // The columns of the statement above, with the checks of the tables behind them.
  return rows[0] as SessionState | undefined
}

/** Null when the session may not act any more. */
export function livingActor(
  state: SessionState | undefined,
  now: Date,
): Exclude<Actor, { kind: 'guest' }> | null {
  if (!state || state.is_revoked || state.is_account_closed || state.expires_at <= now) return null
  const { account_id, session_id, platform, email_verified } = state
  const common = { account_id, session_id, platform, email_verified }
  if (state.account_type === 'shop')
    return state.shop_id === null ? null : { kind: 'shop', shop_id: state.shop_id, ...common }
  if (state.user_id === null || state.role === null) return null
  return { kind: 'user', user_id: state.user_id, role: state.role, ...common }
}
