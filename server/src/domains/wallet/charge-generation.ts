import type { Tx } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { Cents } from '#kernel/money.ts'
import { after, HOUR_MS } from '#kernel/time.ts'
import type { Charge, CreditKind } from './model.ts'
import { postTransaction } from './post-transaction.ts'
import { insufficientBalance } from './problems.ts'
import {
  findFunds,
  holdBalance,
  insertHold,
  releaseHeld,
  returnFreeCredit,
  settleHold,
  takeFreeCredit,
} from './queries.ts'

/** Far longer than the watchdog needs (10 minutes); a hold that outlives it was forgotten. */
const HOLD_LIFE_MS = 24 * HOUR_MS

/**
 * Means for one piece of AI work (contract 4.2): a free credit of its kind, else a hold on the wallet.
 * @throws insufficient_balance (402), with nothing taken
 */
export async function reserveCharge(
  tx: Tx,
  input: { user_id: UserId; kind: CreditKind; price_cents: Cents; reason: string; now: Date },
): Promise<Charge> {
  const { user_id, kind, price_cents } = input
  if (await takeFreeCredit(tx, user_id, kind)) return { charge_kind: 'free', price_cents, hold_id: null }
  if (price_cents === 0) return { charge_kind: 'none', price_cents, hold_id: null }
  const account = await holdBalance(tx, user_id, price_cents)
  if (!account) {
    const funds = await findFunds(tx, user_id)
    throw insufficientBalance(funds.balance_cents - funds.held_cents, price_cents)
  }
  const hold = {
    account_id: account.id,
    amount_cents: price_cents,
    reason: input.reason,
    expires_at: after(input.now, HOLD_LIFE_MS),
  }
  const { id } = await insertHold(tx, hold)
  return { charge_kind: 'balance', price_cents, hold_id: id }
}

export type Settlement = {
  user_id: UserId
  kind: CreditKind
  generation_id: number
  description: string
  now: Date
}

/** The work succeeded: what was set aside is spent. A free credit is already gone. Returns the transaction, if any. */
export async function captureCharge(
  tx: Tx,
  charge: Charge,
  settlement: Settlement,
): Promise<{ transaction_id: number | null; cost_cents: Cents }> {
  if (charge.charge_kind !== 'balance') return { transaction_id: null, cost_cents: 0 }
  const hold = await settleHold(tx, charge.hold_id, 'captured')
  if (!hold) throw new Error(`hold ${charge.hold_id} was already settled`)
  await releaseHeld(tx, hold.account_id, hold.amount_cents)
  const posted = await postTransaction(tx, {
    owner: { user_id: settlement.user_id },
    type: settlement.kind === 'generation' ? 'GENERATION' : 'TRY_ON',
    amount_cents: -hold.amount_cents,
    counterpart: 'platform:revenue',
    extra_data: { description: settlement.description, generation_id: settlement.generation_id },
    description: settlement.description,
    payment_method: 'balance',
    now: settlement.now,
  })
  if (!posted) throw new Error('a captured hold was not covered')
  return { transaction_id: posted.transaction_id, cost_cents: hold.amount_cents }
}

/** The work failed or was cancelled: credit or hold go back, once. */
export async function releaseCharge(
  tx: Tx,
  charge: Charge,
  owner: { user_id: UserId; kind: CreditKind },
): Promise<void> {
  if (charge.charge_kind === 'free') await returnFreeCredit(tx, owner.user_id, owner.kind)
  if (charge.charge_kind !== 'balance') return
  const hold = await settleHold(tx, charge.hold_id, 'released')
  if (!hold) throw new Error(`hold ${charge.hold_id} was already settled`)
  await releaseHeld(tx, hold.account_id, hold.amount_cents)
}
