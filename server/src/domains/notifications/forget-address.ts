import { type Db, inTransaction } from '#infra/db.ts'

/** The last mails of an account: they are for the person to read after the account has gone. */
const FAREWELLS = ['account_deleted', 'shop_deleted']

/**
 * Deletes the mails to the address of an account that was closed; those that are still to be sent wait, and so does
 * the farewell until the last look. Returns whether none is left. May run any number of times.
 */
export async function forgetAddress(
  deps: { db: Db },
  { email, is_last_look }: { email: string; is_last_look: boolean },
): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    await tx
      .deleteFrom('notifications.mails')
      .where('to_address', '=', email)
      .where('status', '<>', 'queued')
      .$if(!is_last_look, (query) => query.where('template', 'not in', FAREWELLS))
      .execute()
    const left = await tx
      .selectFrom('notifications.mails')
      .select('id')
      .where('to_address', '=', email)
      .limit(1)
      .executeTakeFirst()
    return left === undefined
  })
}
