import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { CallContext, Platform } from '#kernel/actor.ts'
import type { AccountType, Method } from '../model.ts'

export type NewSession = {
  public_id: string
  /** Of the session of the sign-in that this one came of; null for a sign-in. */
  family: string | null
  account_id: number
  account_type: AccountType
  platform: Platform
  amr: Method[]
  authenticated_at: Date
  now: Date
  expires_at: Date
  call: CallContext
}

export function insertSession(tx: Tx, session: NewSession): Promise<{ id: number }> {
  const { now, call, ...rest } = session
  return tx
    .insertInto('identity.sessions')
    .values({ ...rest, created_at: now, last_used_at: now, user_agent: call.user_agent, ip: call.ip })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function insertRefreshToken(
  tx: Tx,
  token: { session_id: number; token_hash: string; now: Date; expires_at: Date },
): Promise<void> {
  const { now, ...rest } = token
  await tx
    .insertInto('identity.refresh_tokens')
    .values({ ...rest, created_at: now })
    .execute()
}

/** Marks a token as used. Of any number of callers one gets a row: the others are a replay. */
export function useRefreshToken(
  tx: Tx,
  token_hash: string,
  now: Date,
): Promise<{ session_id: number } | undefined> {
  return tx
    .updateTable('identity.refresh_tokens')
    .set({ used_at: now })
    .where('token_hash', '=', token_hash)
    .where('used_at', 'is', null)
    .returning('session_id')
    .executeTakeFirst()
}

export function findRefreshToken(
  db: Reader,
  token_hash: string,
): Promise<{ session_id: number } | undefined> {
  return db
    .selectFrom('identity.refresh_tokens')
    .select('session_id')
    .where('token_hash', '=', token_hash)
    .executeTakeFirst()
}

/** The living session with what its next tokens say, locked against a revocation at the same moment. */
export function touchSession(tx: Tx, session_id: number, now: Date, call: CallContext) {
  return tx
    .updateTable('identity.sessions as s')
    .from('identity.accounts as a')
    .set({ last_used_at: now, ip: call.ip, user_agent: call.user_agent })
    .where('s.id', '=', session_id)
    .whereRef('a.id', '=', 's.account_id')
    .where('s.revoked_at', 'is', null)
    .where('s.expires_at', '>', now)
    .where('a.blocked_at', 'is', null)
    .where('a.deleted_at', 'is', null)
    .returning([
      's.id',
      's.public_id',
      's.account_id',
      's.account_type',
      's.platform',
      's.amr',
      's.expires_at',
    ])
    .executeTakeFirst()
}

export type EndedSession = { id: number; public_id: string; account_id: number }

type OneSession = { session_id: number } | { public_id: string }

/** Ends the sessions that still live among those that fit; returns them. */
export function endSessions(
  tx: Tx,
  which: {
    account_id: number
    account_type?: AccountType
    /** Any session of the family: all that came of one sign-in end. */
    family_of?: OneSession
    session_id?: number
    except_session_id?: number
  },
  end: { reason: string; now: Date },
): Promise<EndedSession[]> {
  let update = tx
    .updateTable('identity.sessions')
    .set({ revoked_at: end.now, revoke_reason: end.reason })
    .where('account_id', '=', which.account_id)
    .where('revoked_at', 'is', null)
  if (which.account_type !== undefined) update = update.where('account_type', '=', which.account_type)
  if (which.family_of !== undefined)
    update = update.where(FAMILY, '=', familyOf(tx, which.account_id, which.family_of))
  if (which.session_id !== undefined) update = update.where('id', '=', which.session_id)
  if (which.except_session_id !== undefined) update = update.where('id', '<>', which.except_session_id)
  return update.returning(['id', 'public_id', 'account_id']).execute()
}

const FAMILY = sql<string>`coalesce(family, public_id)`

function familyOf(tx: Tx, account_id: number, one: OneSession) {
  const found = tx
    .selectFrom('identity.sessions')
    .select(FAMILY.as('family'))
    .where('account_id', '=', account_id)
  // By its public id somebody ends a session of his list, where those that have ended do not stand any more.
  return 'public_id' in one
    ? found.where('public_id', '=', one.public_id).where('revoked_at', 'is', null)
    : found.where('id', '=', one.session_id)
}

export function findSession(db: Reader, session_id: number) {
  return db
    .selectFrom('identity.sessions')
    .select([
      'id',
      'public_id',
      'account_id',
      'account_type',
      'platform',
      'amr',
      'authenticated_at',
      'expires_at',
      'revoked_at',
      'family',
    ])
    .where('id', '=', session_id)
    .executeTakeFirst()
}

export function listLivingSessions(db: Reader, account_id: number, now: Date) {
  return db
    .selectFrom('identity.sessions')
    .select(['id', 'public_id', 'platform', 'user_agent', 'ip', 'created_at', 'last_used_at'])
    .where('account_id', '=', account_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

export async function renewAuthentication(tx: Tx, session_id: number, now: Date): Promise<void> {
  await tx
    .updateTable('identity.sessions')
    .set({ authenticated_at: now })
    .where('id', '=', session_id)
    .execute()
}

export async function addMethod(tx: Tx, session_id: number, method: Method, now: Date): Promise<void> {
  await tx
    .updateTable('identity.sessions')
    .set({
      amr: sql`case when ${method} = any(amr) then amr else amr || array[${method}]::text[] end`,
      authenticated_at: now,
    })
    .where('id', '=', session_id)
    .execute()
}

/** Whether the account was signed in before, and whether with this program. */
export async function knownDevice(
  tx: Tx,
  account_id: number,
  user_agent: string | null,
): Promise<{ seen_account: boolean; seen_device: boolean }> {
  const { rows } = await sql<{ seen_account: boolean; seen_device: boolean }>`
    select exists (select 1 from identity.sessions where account_id = ${account_id}) as seen_account,
      exists (
        select 1 from identity.sessions
        where account_id = ${account_id} and user_agent is not distinct from ${user_agent}::text
      ) as seen_device`.execute(tx)
  return rows[0] ?? { seen_account: false, seen_device: false }
}

/** Removes what nobody can use or ask about any more. Returns how many sessions went. */
export async function deleteOldSessions(tx: Tx, before: Date): Promise<number> {
  const gone = await tx.deleteFrom('identity.sessions').where('expires_at', '<', before).executeTakeFirst()
  await tx.deleteFrom('identity.refresh_tokens').where('expires_at', '<', before).execute()
  await tx.deleteFrom('identity.email_tokens').where('expires_at', '<', before).execute()
  return Number(gone.numDeletedRows)
}
