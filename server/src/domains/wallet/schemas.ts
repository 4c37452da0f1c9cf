import { type Static, Type } from 'typebox'
import { Id, Money, nullable, Time } from '#infra/schemas.ts'
import type { JsonObject } from '#kernel/json.ts'
import { centsToWire } from '#kernel/money.ts'
import { timeToWire } from '#kernel/time.ts'
import { withoutAdmin } from './post-transaction.ts'

export const UserBalance = Type.Object({
  balance: Money,
  free_generations_left: Type.Integer(),
  free_try_ons_left: Type.Integer(),
})

export const Transaction = Type.Object({
  id: Id,
  type: Type.String(),
  amount: Money,
  user_id: nullable(Id),
  shop_id: nullable(Id),
  paypal_order_id: nullable(Type.String()),
  paypal_capture_id: nullable(Type.String()),
  status: Type.String(),
  extra_data: nullable(Type.Record(Type.String(), Type.Unknown())),
  created_at: Time,
  description: nullable(Type.String()),
  payment_method: nullable(Type.String()),
  balance_after: nullable(Money),
  currency: Type.String(),
})

type Row = {
  id: number
  type: string
  amount_cents: number
  user_id: number | null
  shop_id: number | null
  paypal_order_id: string | null
  paypal_capture_id: string | null
  status: string
  extra_data: unknown
  created_at: Date
  description: string | null
  payment_method: string | null
  balance_after_cents: number | null
  currency: string
}

/** For the owner of the row: admin ids are left out of `extra_data`. */
export function transactionToWire(row: Row): Static<typeof Transaction> {
  // The column holds what `insertTransaction` wrote: an object or nothing.
  const extra_data = row.extra_data as JsonObject | null
  return {
    id: row.id,
    type: row.type,
    amount: centsToWire(row.amount_cents),
    user_id: row.user_id,
    shop_id: row.shop_id,
    paypal_order_id: row.paypal_order_id,
    paypal_capture_id: row.paypal_capture_id,
    status: row.status,
    extra_data: extra_data === null ? null : withoutAdmin(extra_data),
    created_at: timeToWire(row.created_at),
    description: row.description,
    payment_method: row.payment_method,
    balance_after: row.balance_after_cents === null ? null : centsToWire(row.balance_after_cents),
    currency: row.currency,
  }
}
