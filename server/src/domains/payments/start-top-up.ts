import { readSetting } from '#domains/settings/public.ts'
import { attachPaypalOrder, failTransaction, type Owner, openTopUp } from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import { OutsideFailure } from '#infra/http-client.ts'
import type { Platform, ShopActor, UserActor } from '#kernel/actor.ts'
import { type Cents, centsFromWire, centsToText } from '#kernel/money.ts'
import { after } from '#kernel/time.ts'
import type { PaymentsDeps } from './deps.ts'
import { PAYMENT_LIFE_MS, TOP_UP_CENTS } from './model.ts'
import type { PaypalOrder } from './paypal.ts'
import { adminTopUpOnWeb, badAmount, paymentsOff, providerError, wrongPaymentType } from './problems.ts'

export type StartTopUp = { amount: number; payment_type: string; platform: Platform }

export type StartedPayment = {
  transaction_id: number
  paypal_order_id: string
  approval_url: string
  amount_cents: Cents
  expires_at: Date
}

/**
 * Our record first, the provider's order second, its number third: whatever stops in between leaves a PENDING row that
 * the reconciler ends, and never an order that nobody knows (M12).
 * @throws invalid_payment_type (400), validation_failed (422), admin_topup_on_web (403), payment_provider_error (503)
 */
export async function startTopUp(
  deps: PaymentsDeps,
  actor: UserActor | ShopActor,
  input: StartTopUp,
): Promise<StartedPayment> {
  if (input.payment_type !== 'top_up') throw wrongPaymentType()
  if (actor.kind === 'user' && actor.role === 'admin' && actor.platform === 'web') throw adminTopUpOnWeb()
  if ((await readSetting(deps.db, 'payments_enabled')) === 0) throw paymentsOff()
  const amount_cents = checkedAmount(
    input.amount,
    actor.kind === 'user' ? TOP_UP_CENTS.user_max : TOP_UP_CENTS.shop_max,
  )
  const owner: Owner = actor.kind === 'user' ? { user_id: actor.user_id } : { shop_id: actor.shop_id }
  const { currency } = deps.config
  const transaction_id = await inTransaction(deps.db, (tx) =>
    openTopUp(tx, { owner, amount_cents, currency, description: 'Top-up through PayPal' }),
  )
  const order = await createOrder(deps, { transaction_id, amount_cents, platform: input.platform })
  await inTransaction(deps.db, (tx) => attachPaypalOrder(tx, transaction_id, order.id))
  return {
    transaction_id,
    paypal_order_id: order.id,
    approval_url: order.approval_url ?? '',
    amount_cents,
    expires_at: after(deps.clock.now(), PAYMENT_LIFE_MS),
  }
}

function checkedAmount(amount: number, max: Cents): Cents {
  const cents = centsFromWire(amount)
  if (cents === null || cents < TOP_UP_CENTS.min || cents > max)
    throw badAmount(centsToText(TOP_UP_CENTS.min), centsToText(max))
  return cents
}

async function createOrder(
  deps: PaymentsDeps,
  payment: { transaction_id: number; amount_cents: Cents; platform: Platform },
): Promise<PaypalOrder> {
  const back = (end: string) =>
    `${deps.config.public_origin}/api/v1/payments/paypal/${end}?platform=${payment.platform}`
  try {
    const order = await deps.paypal.createOrder({
      reference: String(payment.transaction_id),
      amount_cents: payment.amount_cents,
      currency: deps.config.currency,
      description: 'Leema wallet top-up',
      return_url: back('success'),
      cancel_url: back('cancel'),
    })
    if (order.approval_url) return order
    throw new OutsideFailure('broken_answer', 'PayPal gave no approval link')
  } catch (error) {
    deps.log.warn(
      { event: 'payments.order_not_created', transaction_id: payment.transaction_id, err: error },
      'PayPal order not created',
    )
    // Nobody has the link, so nothing can have been paid: this one may end at once.
    await inTransaction(deps.db, (tx) =>
      failTransaction(tx, payment.transaction_id, 'payment_provider_error'),
    )
    throw providerError()
  }
}
