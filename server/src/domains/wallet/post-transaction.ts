import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { JsonObject } from '#kernel/json.ts'
import { type Cents, centsToWire } from '#kernel/money.ts'
import { type Counterpart, lockOrder, type Owner, type TransactionType, walletCode } from './model.ts'
import { insertEntries, insertTransaction, moveBalance, moveCounterpart } from './queries.ts'

export type Posting = {
  owner: Owner
  type: TransactionType
  /** Signed from the owner's point of view: money in positive, money out negative (contract 4.3). */
  amount_cents: Cents
  counterpart: Counterpart
  extra_data: JsonObject
  description: string
  payment_method: 'paypal' | 'balance' | null
  now: Date
  /** The wallet may fall to this and no lower; null only for a claw-back from a shop. Default 0. */
  floor_cents?: Cents | null
}

export type Posted = { transaction_id: number; balance_after_cents: Cents }

/**
 * Moves money between a wallet and the platform: two ledger entries that sum to zero, the transaction row, and the
 * events of contract 3.4. Locks the wallet, then the platform's account.
 * Undefined, with nothing written, when the wallet would fall below its floor.
 */
export async function postTransaction(tx: Tx, posting: Posting): Promise<Posted | undefined> {
  const wallet = walletCode(posting.owner)
  const floor =
    posting.amount_cents < 0 ? (posting.floor_cents === undefined ? 0 : posting.floor_cents) : null
  const moved = new Map<string, { id: number; balance_cents: Cents; currency: string }>()
  for (const code of lockOrder([wallet, posting.counterpart])) {
    const is_wallet = code === wallet
    const account = is_wallet
      ? await moveBalance(tx, wallet, posting.amount_cents, floor)
      : await moveCounterpart(tx, posting.counterpart, -posting.amount_cents)
    if (!account) {
      if (is_wallet) return undefined
      throw new Error(`ledger account ${code} is missing`)
    }
    moved.set(code, account)
  }
  const own = moved.get(wallet)
  const other = moved.get(posting.counterpart)
  if (!own || !other) throw new Error('a ledger account was not moved')
  const { id } = await insertTransaction(tx, {
    user_id: posting.owner.user_id ?? null,
    shop_id: posting.owner.shop_id ?? null,
    type: posting.type,
    amount_cents: posting.amount_cents,
    currency: own.currency,
    status: 'COMPLETED',
    payment_method: posting.payment_method,
    balance_after_cents: own.balance_cents,
    extra_data: posting.extra_data,
    description: posting.description,
    completed_at: posting.now,
  })
  await insertEntries(tx, [
    {
      transaction_id: id,
      account_id: own.id,
      amount_cents: posting.amount_cents,
      balance_after_cents: own.balance_cents,
    },
    {
      transaction_id: id,
      account_id: other.id,
      amount_cents: -posting.amount_cents,
      balance_after_cents: other.balance_cents,
    },
  ])
  await announce(tx, posting, { id, balance_after_cents: own.balance_cents })
  return { transaction_id: id, balance_after_cents: own.balance_cents }
}

/** The two events of contract 3.4 that follow every movement. */
export async function announce(
  tx: Tx,
  posting: Pick<Posting, 'owner' | 'type' | 'amount_cents' | 'description' | 'extra_data'>,
  posted: { id: number; balance_after_cents: Cents },
): Promise<void> {
  const { owner } = posting
  const is_user = owner.user_id !== undefined
  const audience = is_user ? [`user:${owner.user_id}`] : [`shop:${owner.shop_id}`, 'admins']
  const balance = {
    entity_type: is_user ? 'user' : 'shop',
    entity_id: owner.user_id ?? owner.shop_id ?? null,
    old_balance: centsToWire(posted.balance_after_cents - posting.amount_cents),
    new_balance: centsToWire(posted.balance_after_cents),
    change_amount: centsToWire(posting.amount_cents),
    transaction_id: posted.id,
    reason: posting.type,
  }
  const transaction = {
    transaction_id: posted.id,
    transaction_type: posting.type,
    amount: centsToWire(posting.amount_cents),
    status: 'COMPLETED',
    user_id: owner.user_id ?? null,
    shop_id: owner.shop_id ?? null,
    description: posting.description,
  }
  const payload = { transaction_id: posted.id }
  await emit(tx, {
    name: 'balance.updated',
    payload,
    deliveries: audience.map((to) => ({ to, data: balance })),
  })
  await emit(tx, {
    name: 'transaction.completed',
    payload,
    deliveries: audience.map((to) => ({
      to,
      data: {
        ...transaction,
        extra_data: to === 'admins' ? posting.extra_data : withoutAdmin(posting.extra_data),
      },
    })),
  })
}

/** Admin ids are stripped for everybody but admins (contract 2.0 TransactionResponse). */
export function withoutAdmin(extra_data: JsonObject): JsonObject {
  const { admin_id: _, ...rest } = extra_data
  return rest
}
