import type { Tx } from '#infra/db.ts'
import type { ShopId, UserId } from '#kernel/id.ts'
import type { Cents } from '#kernel/money.ts'
import { walletCode } from './model.ts'
import { postTransaction } from './post-transaction.ts'
import { findBalance } from './queries.ts'

export type ApprovalFee = {
  shop_id: ShopId
  product_id: number
  product_name: string
  admin_id: UserId
  cents: Cents
  now: Date
}

/** Takes the approval fee from the shop's wallet; `insufficient`, with nothing written, when it does not cover it. */
export async function chargeApprovalFee(
  tx: Tx,
  fee: ApprovalFee,
): Promise<{ outcome: 'charged' } | { outcome: 'insufficient'; balance_cents: Cents }> {
  if (fee.cents === 0) return { outcome: 'charged' }
  const description = `Approval of ${fee.product_name}`.slice(0, 500)
  const posted = await postTransaction(tx, {
    owner: { shop_id: fee.shop_id },
    type: 'APPROVAL_FEE',
    amount_cents: -fee.cents,
    counterpart: 'platform:revenue',
    extra_data: {
      product_id: fee.product_id,
      product_name: fee.product_name,
      admin_id: fee.admin_id,
      description,
    },
    description,
    payment_method: 'balance',
    now: fee.now,
  })
  if (posted) return { outcome: 'charged' }
  const balance = await findBalance(tx, walletCode({ shop_id: fee.shop_id }))
  return { outcome: 'insufficient', balance_cents: balance?.balance_cents ?? 0 }
}
