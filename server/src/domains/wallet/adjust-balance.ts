import { record } from '#domains/audit/public.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import type { Cents } from '#kernel/money.ts'
import { invalidState } from '#kernel/problem.ts'
import type { Clock } from '#kernel/time.ts'
import type { Owner } from './model.ts'
import { type Posted, postTransaction } from './post-transaction.ts'

/** An admin's correction of a wallet (DEC-10). @throws invalid_state (409) when the wallet would go negative */
export function adjustBalance(
  deps: { db: Db; clock: Clock },
  by: { actor: Actor; call: CallContext },
  input: { owner: Owner; amount_cents: Cents; reason: string },
): Promise<Posted> {
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    const admin_id = by.actor.kind === 'user' ? by.actor.user_id : null
    const posted = await postTransaction(tx, {
      owner: input.owner,
      type: 'ADJUSTMENT',
      amount_cents: input.amount_cents,
      counterpart: 'platform:adjustments',
      extra_data: { reason: input.reason, admin_id },
      description: input.reason,
      payment_method: null,
      now,
    })
    if (!posted) throw wouldGoNegative()
    await record(tx, {
      ...by,
      action: 'wallet.balance_adjusted',
      entity_type: input.owner.user_id === undefined ? 'shop' : 'user',
      entity_id: input.owner.user_id ?? input.owner.shop_id ?? null,
      new_values: {
        amount_cents: input.amount_cents,
        transaction_id: posted.transaction_id,
        reason: input.reason,
      },
    })
    return posted
  })
}

function wouldGoNegative() {
  return invalidState({
    ru: 'Баланс не может стать отрицательным',
    kk: 'Теңгерім теріс болмауы керек',
    en: 'The balance cannot become negative',
  })
}
