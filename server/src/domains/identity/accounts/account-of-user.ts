import type { Reader } from '#infra/db.ts'
import { findUserProfile } from '../users/queries.ts'

/** The account that owns what a user uploads; null for an unknown or deleted user. */
export async function accountOfUser(db: Reader, user_id: number): Promise<number | null> {
  return (await findUserProfile(db, user_id))?.account_id ?? null
}
