import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'

export type MailPurpose = 'verify' | 'reset' | 'change'

/** A new one makes the older ones of the same purpose worthless. */
export async function replaceMailToken(
  tx: Tx,
  token: {
    account_id: number
    purpose: MailPurpose
    token_hash: string
    code_hash: string | null
    tries_left: number
    /** Of a change of the address: the one wanted, and the session that asked for it. */
    new_email?: string
    session_id?: number
    now: Date
    expires_at: Date
  },
): Promise<void> {
  const { now, ...rest } = token
  await tx
    .updateTable('identity.email_tokens')
    .set({ used_at: now })
    .where('account_id', '=', token.account_id)
    .where('purpose', '=', token.purpose)
    .where('used_at', 'is', null)
    .execute()
  await tx
    .insertInto('identity.email_tokens')
    .values({ ...rest, created_at: now })
    .execute()
}

/** Who a living link belongs to, without using it up. */
export function findMailToken(db: Reader, token_hash: string, purpose: MailPurpose, now: Date) {
  return db
    .selectFrom('identity.email_tokens')
    .select(['id', 'account_id'])
    .where('token_hash', '=', token_hash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Uses a link up. Of any number of callers one gets the row. */
export function useMailToken(
  tx: Tx,
  token_hash: string,
  purpose: MailPurpose,
  now: Date,
): Promise<{ account_id: number; new_email: string | null; session_id: number | null } | undefined> {
  return tx
    .updateTable('identity.email_tokens')
    .set({ used_at: now })
    .where('token_hash', '=', token_hash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['account_id', 'new_email', 'session_id'])
    .executeTakeFirst()
}

/** One try of the typed code, counted whether it fits or not; the right one uses it up. Undefined: no try was left. */
export function tryMailCode(
  tx: Tx,
  attempt: { account_id: number; purpose: MailPurpose; code_hash: string; now: Date },
): Promise<{ is_right: boolean; new_email: string | null; session_id: number | null } | undefined> {
  return tx
    .updateTable('identity.email_tokens')
    .set({
      tries_left: sql`tries_left - 1`,
      used_at: sql`case when code_hash = ${attempt.code_hash} then ${attempt.now}::timestamptz else used_at end`,
    })
    .where('account_id', '=', attempt.account_id)
    .where('purpose', '=', attempt.purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', attempt.now)
    .where('tries_left', '>', 0)
    .returning(['new_email', 'session_id'])
    .returning(sql<boolean>`code_hash = ${attempt.code_hash}`.as('is_right'))
    .executeTakeFirst()
}

/** Everything that was mailed to the account so far stops working. */
export async function expireMailTokens(tx: Tx, account_id: number, now: Date): Promise<void> {
  await tx
    .updateTable('identity.email_tokens')
    .set({ used_at: now })
    .where('account_id', '=', account_id)
    .where('used_at', 'is', null)
    .execute()
}

/** The address that a living mail asks to confirm. Taken addresses are here as well. */
export async function findPendingEmail(db: Reader, account_id: number, now: Date): Promise<string | null> {
  const row = await db
    .selectFrom('identity.email_tokens')
    .select('new_email')
    .where('account_id', '=', account_id)
    .where('purpose', '=', 'change')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.new_email ?? null
}
