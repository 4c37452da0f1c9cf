import type { Reader } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { centsToWire } from '#kernel/money.ts'
import { inPages } from '#kernel/page.ts'
import { timeToWire } from '#kernel/time.ts'

/** Every movement of a user's wallet, oldest first, without what concerns the platform's staff. */
export async function* exportTransactions(db: Reader, user_id: UserId): AsyncGenerator<JsonObject> {
  for await (const row of inPages((after_id, limit) => pageOf(db, user_id, after_id, limit)))
    yield {
      id: row.id,
      type: row.type,
      amount: centsToWire(row.amount_cents),
      currency: row.currency,
      status: row.status,
      payment_method: row.payment_method,
      paypal_order_id: row.paypal_order_id,
      balance_after: row.balance_after_cents === null ? null : centsToWire(row.balance_after_cents),
      description: row.description,
      created_at: timeToWire(row.created_at),
      completed_at: row.completed_at && timeToWire(row.completed_at),
    }
}

function pageOf(db: Reader, user_id: UserId, after_id: number, limit: number) {
  return db
    .selectFrom('wallet.transactions')
    .select(['id', 'type', 'amount_cents', 'currency', 'status', 'payment_method', 'paypal_order_id'])
    .select(['balance_after_cents', 'description', 'created_at', 'completed_at'])
    .where('user_id', '=', user_id)
    .where('id', '>', after_id)
    .orderBy('id')
    .limit(limit)
    .execute()
}
