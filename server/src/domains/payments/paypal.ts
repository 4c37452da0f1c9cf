import { callOutside, OutsideFailure } from '#infra/http-client.ts'
import { type Cents, centsFromWire, centsToText } from '#kernel/money.ts'

export type PaypalOptions = {
  base_url: string
  client_id: string
  client_secret: string
  webhook_id: string
  brand: string
}

export type PaypalOrder = {
  id: string
  status: 'CREATED' | 'APPROVED' | 'COMPLETED' | 'VOIDED' | 'OTHER'
  approval_url: string | null
  /** The first completed capture, if any. */
  capture: { id: string; amount_cents: Cents | null; currency: string } | null
}

export type CaptureOutcome =
  | { outcome: 'captured'; order: PaypalOrder }
  | { outcome: 'not_approved' }
  | { outcome: 'declined' }

export type WebhookHeaders = Record<
  'auth_algo' | 'cert_url' | 'transmission_id' | 'transmission_sig' | 'transmission_time',
  string
>

/**
 * PayPal Orders v2 (developer.paypal.com/docs/api/orders/v2). Every write carries a `PayPal-Request-Id`, so that a
 * repeated call is answered with the first result.
 * @throws OutsideFailure from every function when PayPal does not answer or answers nonsense
 */
export type Paypal = {
  createOrder(input: {
    reference: string
    amount_cents: Cents
    currency: string
    description: string
    return_url: string
    cancel_url: string
  }): Promise<PaypalOrder>
  readOrder(id: string): Promise<PaypalOrder | null>
  capture(id: string, request_id: string): Promise<CaptureOutcome>
  isGenuine(headers: WebhookHeaders, event: unknown): Promise<boolean>
}

const TIMEOUT_MS = 10_000

export function createPaypal(options: PaypalOptions): Paypal {
  const call = createCaller(options)
  return {
    createOrder: async ({ reference, amount_cents, currency, description, return_url, cancel_url }) => {
      const unit = {
        reference_id: reference,
        custom_id: reference,
        description: description.slice(0, 127),
        amount: { currency_code: currency, value: centsToText(amount_cents) },
      }
      const experience_context = {
        brand_name: options.brand,
        user_action: 'PAY_NOW',
        shipping_preference: 'NO_SHIPPING',
        return_url,
        cancel_url,
      }
      const body = {
        intent: 'CAPTURE',
        purchase_units: [unit],
        payment_source: { paypal: { experience_context } },
      }
      const answer = await call('POST', '/v2/checkout/orders', { body, request_id: `order-${reference}` })
      if (answer.status >= 300)
        throw new OutsideFailure('refused', 'PayPal refused an order', { status: answer.status })
      return readOrderBody(answer.body)
    },
    readOrder: async (id) => {
      const answer = await call('GET', `/v2/checkout/orders/${encodeURIComponent(id)}`, {})
      if (answer.status === 404) return null
      if (answer.status >= 300)
        throw new OutsideFailure('refused', 'PayPal refused to read an order', { status: answer.status })
      return readOrderBody(answer.body)
    },
    capture: async (id, request_id) => {
      const path = `/v2/checkout/orders/${encodeURIComponent(id)}/capture`
      const answer = await call('POST', path, { body: {}, request_id })
      if (answer.status < 300) return { outcome: 'captured', order: readOrderBody(answer.body) }
      const issue = issueOf(answer.body)
      if (issue === 'ORDER_ALREADY_CAPTURED') {
        const order = await call('GET', `/v2/checkout/orders/${encodeURIComponent(id)}`, {})
        return { outcome: 'captured', order: readOrderBody(order.body) }
      }
      if (issue === 'ORDER_NOT_APPROVED') return { outcome: 'not_approved' }
      if (issue === 'INSTRUMENT_DECLINED' || issue === 'TRANSACTION_REFUSED' || answer.status === 404)
        return { outcome: 'declined' }
      throw new OutsideFailure('refused', 'PayPal refused a capture', { status: answer.status })
    },
    isGenuine: async (headers, event) => {
      const body = { ...headers, webhook_id: options.webhook_id, webhook_event: event }
      const answer = await call('POST', '/v1/notifications/verify-webhook-signature', { body })
      return answer.status === 200 && textOf(answer.body, 'verification_status') === 'SUCCESS'
    },
  }
}

type Call = (
  method: 'GET' | 'POST',
  path: string,
  input: { body?: unknown; request_id?: string },
) => Promise<{ status: number; body: unknown }>

/** Calls with a bearer token that is kept until a minute before its end. */
function createCaller(options: PaypalOptions): Call {
  let token: { text: string; until: number } | null = null
  const signIn = async (): Promise<string> => {
    if (token && token.until > Date.now()) return token.text
    const basic = Buffer.from(`${options.client_id}:${options.client_secret}`).toString('base64')
    const answer = await callOutside({
      url: `${options.base_url}/v1/oauth2/token`,
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      timeout_ms: TIMEOUT_MS,
    })
    const body = parse(answer.text)
    const text = textOf(body, 'access_token')
    if (answer.status !== 200 || text === null)
      throw new OutsideFailure('refused', 'PayPal refused the credentials', { status: answer.status })
    const seconds =
      typeof body === 'object' && body !== null && 'expires_in' in body ? Number(body.expires_in) : 60
    token = { text, until: Date.now() + Math.max(0, seconds - 60) * 1_000 }
    return text
  }
  return async (method, path, { body, request_id }) => {
    const answer = await callOutside({
      url: `${options.base_url}${path}`,
      method,
      headers: {
        authorization: `Bearer ${await signIn()}`,
        'content-type': 'application/json',
        prefer: 'return=representation',
        ...(request_id ? { 'paypal-request-id': request_id } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeout_ms: TIMEOUT_MS,
    })
    if (answer.status === 401) token = null
    if (answer.status === 401 || answer.status === 429 || answer.status >= 500) {
      throw new OutsideFailure('unreachable', 'PayPal cannot serve now', { status: answer.status })
    }
    return { status: answer.status, body: parse(answer.text) }
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch (cause) {
    throw new OutsideFailure('broken_answer', 'PayPal answered something else than JSON', { cause })
  }
}

function readOrderBody(body: unknown): PaypalOrder {
  const id = textOf(body, 'id')
  if (id === null) throw new OutsideFailure('broken_answer', 'PayPal answered an order without id')
  const status = textOf(body, 'status')
  const known = (['CREATED', 'APPROVED', 'COMPLETED', 'VOIDED'] as const).find((name) => name === status)
  const links = listOf(body, 'links')
  const approval = links.find((link) => ['payer-action', 'approve'].includes(textOf(link, 'rel') ?? ''))
  const captures = listOf(body, 'purchase_units').flatMap((unit) =>
    listOf(memberOf(unit, 'payments'), 'captures'),
  )
  const capture = captures.find((item) => textOf(item, 'status') === 'COMPLETED')
  const amount = memberOf(capture, 'amount')
  return {
    id,
    status: known ?? 'OTHER',
    approval_url: approval === undefined ? null : textOf(approval, 'href'),
    capture:
      capture === undefined
        ? null
        : {
            id: textOf(capture, 'id') ?? '',
            amount_cents: centsFromWire(Number(textOf(amount, 'value'))),
            currency: textOf(amount, 'currency_code') ?? '',
          },
  }
}

function issueOf(body: unknown): string | null {
  const [detail] = listOf(body, 'details')
  return textOf(detail, 'issue')
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function textOf(value: unknown, name: string): string | null {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : null
}

function listOf(value: unknown, name: string): unknown[] {
  const member = memberOf(value, name)
  return Array.isArray(member) ? member : []
}
