import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { JsonObject } from '#kernel/json.ts'
import { type Cents, centsToWire } from '#kernel/money.ts'
import { type Owner, walletCode } from './model.ts'
import { announce, withoutAdmin } from './post-transaction.ts'
import { walletClosed } from './problems.ts'
import { insertEntries, insertTransaction, lockBalance, moveBalance, moveCounterpart } from './queries.ts'

export type PendingTransaction = {
  id: number
  user_id: number | null
  shop_id: number | null
  type: string
  amount_cents: Cents
  currency: string
  status: string
  paypal_order_id: string | null
  paypal_capture_id: string | null
  description: string | null
  extra_data: unknown
  created_at: Date
}

const COLUMNS = [
  'id',
  'user_id',
  'shop_id',
  'type',
  'amount_cents',
  'currency',
  'status',
  'paypal_order_id',
  'paypal_capture_id',
  'description',
  'extra_data',
  'created_at',
] as const

/** Writes a top-up that a provider has yet to confirm. No money moves. @throws invalid_state (409): the wallet is closed */
export async function openTopUp(
  tx: Tx,
  input: { owner: Owner; amount_cents: Cents; currency: string; description: string },
): Promise<number> {
  // Locked: whoever closes the wallet sees this top-up, or this one sees that it was closed.
  const wallet = await lockBalance(tx, walletCode(input.owner))
  if (!wallet || wallet.closed_at !== null) throw walletClosed()
  const { id } = await insertTransaction(tx, {
    user_id: input.owner.user_id ?? null,
    shop_id: input.owner.shop_id ?? null,
    type: 'TOP_UP',
    amount_cents: input.amount_cents,
    currency: input.currency,
    status: 'PENDING',
    payment_method: 'paypal',
    balance_after_cents: null,
    extra_data: { description: input.description },
    description: input.description,
    completed_at: null,
  })
  return id
}

/** Remembers the provider's order; a transaction has at most one, and an order at most one transaction. */
export async function attachPaypalOrder(tx: Tx, id: number, paypal_order_id: string): Promise<void> {
  await tx
    .updateTable('wallet.transactions')
    .set({ paypal_order_id, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

export function findByPaypalOrder(
  db: Reader,
  paypal_order_id: string,
): Promise<PendingTransaction | undefined> {
  return db
    .selectFrom('wallet.transactions')
    .select(COLUMNS)
    .where('paypal_order_id', '=', paypal_order_id)
    .executeTakeFirst()
}

/** Whether a provider has yet to confirm money for this wallet. */
export async function hasPending(db: Reader, owner: Owner): Promise<boolean> {
  const row = await db
    .selectFrom('wallet.transactions')
    .select('id')
    .where((eb) =>
      owner.user_id === undefined ? eb('shop_id', '=', owner.shop_id) : eb('user_id', '=', owner.user_id),
    )
    .where('status', '=', 'PENDING')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Still undecided ones that were opened before this time; those that were asked about longest ago come first. */
export function listPending(db: Reader, opened_before: Date): Promise<PendingTransaction[]> {
  return db
    .selectFrom('wallet.transactions')
    .select(COLUMNS)
    .where('status', '=', 'PENDING')
    .where('payment_method', '=', 'paypal')
    .where('created_at', '<', opened_before)
    .orderBy('updated_at')
    .limit(100)
    .execute()
}

/** Remembers that the provider was asked about it. */
export async function markChecked(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.updateTable('wallet.transactions').set({ updated_at: now }).where('id', '=', id).execute()
}

/**
 * The provider has the money: PENDING → COMPLETED once, wallet credited, events written.
 * Returns false, with nothing changed, when the transaction had already left PENDING.
 */
export async function completeTopUp(
  tx: Tx,
  input: { transaction_id: number; paypal_capture_id: string; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('wallet.transactions')
    .set({
      status: 'COMPLETED',
      paypal_capture_id: input.paypal_capture_id,
      completed_at: input.now,
      updated_at: input.now,
    })
    .where('id', '=', input.transaction_id)
    .where('status', '=', 'PENDING')
    .where('type', '=', 'TOP_UP')
    .returning(COLUMNS)
    .executeTakeFirst()
  if (!row) return false
  const owner = ownerOf(row)
  const own = await moveBalance(tx, walletCode(owner), row.amount_cents, null)
  const provider = await moveCounterpart(tx, 'provider:paypal', -row.amount_cents)
  if (!own || !provider) throw new Error('a ledger account is missing')
  await tx
    .updateTable('wallet.transactions')
    .set({ balance_after_cents: own.balance_cents })
    .where('id', '=', row.id)
    .execute()
  await insertEntries(tx, [
    {
      transaction_id: row.id,
      account_id: own.id,
      amount_cents: row.amount_cents,
      balance_after_cents: own.balance_cents,
    },
    {
      transaction_id: row.id,
      account_id: provider.id,
      amount_cents: -row.amount_cents,
      balance_after_cents: provider.balance_cents,
    },
  ])
  const posting = {
    owner,
    type: 'TOP_UP' as const,
    amount_cents: row.amount_cents,
    description: row.description ?? '',
    extra_data: extraOf(row),
  }
  await announce(tx, posting, { id: row.id, balance_after_cents: own.balance_cents })
  return true
}

/** A definite no from the provider: PENDING → FAILED, and its owner hears of it. False when it had already left PENDING. */
export async function failTransaction(tx: Tx, transaction_id: number, reason: string): Promise<boolean> {
  const row = await tx
    .updateTable('wallet.transactions')
    .set({ status: 'FAILED', updated_at: sql`now()` })
    .where('id', '=', transaction_id)
    .where('status', '=', 'PENDING')
    .returning(COLUMNS)
    .executeTakeFirst()
  if (!row) return false
  const data = {
    transaction_id: row.id,
    transaction_type: row.type,
    amount: centsToWire(row.amount_cents),
    status: 'FAILED',
    user_id: row.user_id,
    shop_id: row.shop_id,
    description: reason,
    extra_data: extraOf(row),
  }
  const to = row.user_id === null ? `shop:${row.shop_id}` : `user:${row.user_id}`
  await emit(tx, {
    name: 'transaction.failed',
    payload: { transaction_id: row.id },
    deliveries: [{ to, data }],
  })
  return true
}

/** The column holds what `insertTransaction` wrote: an object. */
function extraOf(row: { extra_data: unknown }): JsonObject {
  return withoutAdmin((row.extra_data ?? {}) as JsonObject)
}

function ownerOf(row: { user_id: number | null; shop_id: number | null }): Owner {
  if (row.user_id !== null) return { user_id: row.user_id }
  if (row.shop_id !== null) return { shop_id: row.shop_id }
  throw new Error('a transaction without owner')
}
