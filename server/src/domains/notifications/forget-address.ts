import { type Db, inTransaction } from '#infra/db.ts'

/** The last mails of an account: they are for the person to read after the account has gone. */
const FAREWELLS = ['account_deleted', 'shop_deleted']

/**
 * Deletes the mails of an account that was closed, to whatever address they went; those that are still to be sent wait, and so does
 * the farewell until the last look. Returns whether none is left. May run any number of times.
 */
export async function forgetAddress(
  deps: { db: Db },
  { account_id, email, is_last_look }: { account_id: number; email: string; is_last_look: boolean },
): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    await tx
      .deleteFrom('notifications.mails')
      .where((eb) => eb.or([eb('account_id', '=', account_id), eb('to_address', '=', email)]))
      .where('status', '<>', 'queued')
      .$if(!is_last_look, (query) => query.where('template', 'not in', FAREWELLS))
      .execute()
    const left = await tx
      .selectFrom('notifications.mails')
      .select('id')
      .where((eb) => eb.or([eb('account_id', '=', account_id), eb('to_address', '=', email)]))
      .limit(1)
      .executeTakeFirst()
    return left === undefined
  })
}
