import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { type Db, inTransaction } from '#infra/db.ts'
import type { DB } from '#infra/db-types.ts'

/** The last mails of an account: they are for the person to read after the account has gone. */
const FAREWELLS = ['account_deleted', 'shop_deleted']

export type ForgetAddress = {
  account_id: number
  email: string
  /** Younger mails to the address are somebody's who has come anew. */
  until: Date
  is_last_look: boolean
}

/**
 * Deletes the mails of an account that was closed, to whatever address they went; those that are still to be sent wait,
 * and so does the farewell until the last look. Returns whether none is left. May run any number of times.
 */
export async function forgetAddress(deps: { db: Db }, forget: ForgetAddress): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    await tx
      .deleteFrom('notifications.mails')
      .where((eb) => isOf(eb, forget))
      .where('status', '<>', 'queued')
      .$if(!forget.is_last_look, (query) => query.where('template', 'not in', FAREWELLS))
      .execute()
    const left = await tx
      .selectFrom('notifications.mails')
      .select('id')
      .where((eb) => isOf(eb, forget))
      .limit(1)
      .executeTakeFirst()
    return left === undefined
  })
}

/** Not every mail says whose it is; then its address and its age do. */
function isOf(
  eb: ExpressionBuilder<DB, 'notifications.mails'>,
  { account_id, email, until }: ForgetAddress,
): Expression<SqlBool> {
  return eb.or([
    eb('account_id', '=', account_id),
    sql<SqlBool>`account_id is null and to_address = ${email} and created_at <= ${until}`,
  ])
}
