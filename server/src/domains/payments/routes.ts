import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { findByPaypalOrder } from '#domains/wallet/public.ts'
import { header, localeOf, platformOf, shopOf, signedInOf, userOf } from '#infra/http.ts'
import { Id, Money, Time, Url } from '#infra/schemas.ts'
import type { Platform } from '#kernel/actor.ts'
import type { JsonObject } from '#kernel/json.ts'
import { centsToText, centsToWire } from '#kernel/money.ts'
import { notFound } from '#kernel/problem.ts'
import { timeToWire } from '#kernel/time.ts'
import type { PaymentsDeps } from './deps.ts'
import { receiveWebhook } from './handle-webhook.ts'
import { notApprovedYet, paymentDeclined, paymentInDoubt } from './problems.ts'
import { settlePayment } from './settle-payment.ts'
import { type StartedPayment, startTopUp } from './start-top-up.ts'

const tags = ['payments']

const PaymentCreate = Type.Object(
  {
    amount: Type.Number(),
    payment_type: Type.String({ maxLength: 50 }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    extra_data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
)

const PaymentResponse = Type.Object({
  order_id: Type.String({ description: "PayPal's order" }),
  paypal_order_id: Type.String(),
  approval_url: Url,
  amount: Money,
  status: Type.Literal('pending'),
  transaction_id: Id,
  expires_at: Time,
})

const Captured = Type.Object({ message: Type.String(), transaction_id: Id, status: Type.String() })

export function paymentRoutes(deps: PaymentsDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const start = { tags, body: PaymentCreate, response: { 201: PaymentResponse } }
    http.post(
      '/payments/user/top-up',
      { schema: start, config: { access: 'user', limit: 'money', verified_email: true } },
      async (request, reply) => {
        const started = await startTopUp(deps, userOf(request), {
          ...request.body,
          platform: platformOf(request),
        })
        return reply.code(201).send(toWire(started))
      },
    )
    http.post(
      '/payments/shop/top-up',
      { schema: start, config: { access: 'shop', limit: 'money', verified_email: true } },
      async (request, reply) => {
        const started = await startTopUp(deps, shopOf(request), {
          ...request.body,
          platform: platformOf(request),
        })
        return reply.code(201).send(toWire(started))
      },
    )
    const capture = {
      tags,
      params: Type.Object({ order_id: Type.String({ maxLength: 255 }) }),
      response: { 200: Captured },
    }
    http.post(
      '/payments/capture/:order_id',
      { schema: capture, config: { access: 'signed_in', limit: 'money' } },
      async (request) => {
        const actor = signedInOf(request)
        const transaction = await findByPaypalOrder(deps.db, request.params.order_id)
        // Only its owner may trigger it (M9); for everybody else it does not exist.
        const is_own =
          actor.kind === 'user'
            ? transaction?.user_id === actor.user_id
            : transaction?.shop_id === actor.shop_id
        if (!transaction || !is_own) throw notFound()
        const settled = await settlePayment(deps, request.params.order_id)
        if (settled?.state === 'failed') throw paymentDeclined()
        if (settled?.state !== 'completed')
          throw settled?.reason === 'not_approved' ? notApprovedYet() : paymentInDoubt()
        const message = { ru: 'Платёж зачислен', kk: 'Төлем түсті', en: 'The payment has arrived' }[
          localeOf(request)
        ]
        return { message, transaction_id: settled.transaction_id, status: 'completed' }
      },
    )
    await http.register(returnRoutes(deps))
    await http.register(webhookRoutes(deps))
  }
}

/** Where the payer's browser comes back to. It settles, reveals nothing, and moves on. */
function returnRoutes(deps: PaymentsDeps): FastifyPluginAsyncTypebox {
  const querystring = Type.Object({
    token: Type.Optional(Type.String({ maxLength: 255 })),
    PayerID: Type.Optional(Type.String({ maxLength: 255 })),
    platform: Type.Enum(['web', 'mobile'], { default: 'web' }),
  })
  const config = { access: 'guest', limit: 'standard' } as const
  const schema = { tags, querystring, response: { 303: Type.Null() } }
  return async (http) => {
    // The payer's browser comes from PayPal, signed in or not.
    const settling = { ...config, acts_as: 'system' } as const
    http.get('/payments/paypal/success', { schema, config: settling }, async (request, reply) => {
      const { token, platform } = request.query
      const settled = token === undefined ? undefined : await settlePayment(deps, token)
      if (settled?.state !== 'completed')
        return reply.redirect(link(deps, platform, 'error', { message: settled?.state ?? 'unknown' }), 303)
      const facts = {
        amount: centsToText(settled.amount_cents),
        transaction_id: String(settled.transaction_id),
      }
      return reply.redirect(link(deps, platform, 'success', facts), 303)
    })
    http.get('/payments/paypal/cancel', { schema, config }, async (request, reply) =>
      reply.redirect(link(deps, request.query.platform, 'cancel', {}), 303),
    )
  }
}

function link(
  deps: PaymentsDeps,
  platform: Platform,
  end: 'success' | 'error' | 'cancel',
  facts: Record<string, string>,
): string {
  const base =
    platform === 'mobile'
      ? `${deps.config.app_link_scheme}payment/${end}`
      : `${deps.config.site_origin}/payment/${end}`
  const query = new URLSearchParams(facts).toString()
  return query ? `${base}?${query}` : base
}

function webhookRoutes(deps: PaymentsDeps): FastifyPluginAsyncTypebox {
  const name = Type.String({ minLength: 1, maxLength: 100 })
  const body = Type.Object({ id: name, event_type: name }, { additionalProperties: true })
  const response = { 200: Type.Object({ status: Type.Literal('received') }) }
  return async (http) => {
    http.post(
      '/payments/paypal/webhook',
      { schema: { tags, body, response }, config: { access: 'guest', limit: 'webhook', acts_as: 'system' } },
      async (request) => {
        const read = (name: string) => header(request, `paypal-${name}`) ?? ''
        const headers = {
          auth_algo: read('auth-algo'),
          cert_url: read('cert-url'),
          transmission_id: read('transmission-id'),
          transmission_sig: read('transmission-sig'),
          transmission_time: read('transmission-time'),
        }
        // The body was parsed from JSON.
        await receiveWebhook(deps, headers, request.body as JsonObject & typeof request.body)
        return { status: 'received' as const }
      },
    )
  }
}

function toWire(started: StartedPayment) {
  return {
    order_id: started.paypal_order_id,
    paypal_order_id: started.paypal_order_id,
    approval_url: started.approval_url,
    amount: centsToWire(started.amount_cents),
    status: 'pending' as const,
    transaction_id: started.transaction_id,
    expires_at: timeToWire(started.expires_at),
  }
}
