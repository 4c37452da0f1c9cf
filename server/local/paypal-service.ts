import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { approvalPage } from './paypal-page.ts'

export type PaypalServiceOptions = {
  client_id: string
  client_secret: string
  webhook_id: string
  /** Address of this service as a browser sees it. */
  public_url: string
  /** Where events are sent; null sends none. */
  webhook_url: string | null
  /** How long a slow answer takes. */
  slow_ms: number
}

type Order = {
  id: string
  status: 'CREATED' | 'APPROVED' | 'COMPLETED'
  reference: string
  value: string
  currency: string
  return_url: string
  cancel_url: string
  capture_id: string | null
}

type State = {
  options: PaypalServiceOptions
  orders: Map<string, Order>
  answers: Map<string, Answer>
  token: string
  captures: number
}
type Answer = { status: number; body: unknown }

/**
 * Plays PayPal's Orders v2 API in memory: sign-in, orders, approval page, captures, signed webhooks, idempotency by
 * `PayPal-Request-Id`. Misbehaves by the amount that a person types: cents .13 is declined, .77 takes the money and
 * then does not answer, .78 answers 503 once, .79 is captured for one cent less, .80 is slow, .81 sends its event thrice.
 */
export function createPaypalService(options: PaypalServiceOptions): {
  server: Server
  captures: () => number
} {
  const state: State = {
    options,
    orders: new Map(),
    answers: new Map(),
    token: randomBytes(24).toString('base64url'),
    captures: 0,
  }
  const server = createServer((request, response) => {
    respond(state, request, response).catch(() => {
      if (!response.headersSent) send(response, { status: 500, body: { name: 'INTERNAL_SERVER_ERROR' } })
    })
  })
  return { server, captures: () => state.captures }
}

async function respond(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', state.options.public_url)
  const body = await readBody(request)
  if (url.pathname === '/checkoutnow') return browse(state, request, response, url)
  if (url.pathname === '/v1/oauth2/token') return send(response, signIn(state, request))
  if (request.headers.authorization !== `Bearer ${state.token}`)
    return send(response, { status: 401, body: { error: 'invalid_token' } })
  const key = request.headers['paypal-request-id']
  const known = typeof key === 'string' ? state.answers.get(key) : undefined
  if (known) return send(response, known)
  const answer = await route(state, request.method ?? 'GET', url.pathname, body)
  if (answer === 'hang') return
  if (typeof key === 'string' && answer.status < 500) state.answers.set(key, answer)
  send(response, answer)
}

function signIn({ options, token }: State, request: IncomingMessage): Answer {
  const expected = `Basic ${Buffer.from(`${options.client_id}:${options.client_secret}`).toString('base64')}`
  if (request.headers.authorization !== expected) return { status: 401, body: { error: 'invalid_client' } }
  return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 32_400 } }
}

async function route(state: State, method: string, path: string, body: unknown): Promise<Answer | 'hang'> {
  if (method === 'POST' && path === '/v2/checkout/orders') return createOrder(state, body)
  if (method === 'POST' && path === '/v1/notifications/verify-webhook-signature') return verify(state, body)
  const [, id = '', action] = /^\/v2\/checkout\/orders\/([^/]+)(\/capture)?$/.exec(path) ?? []
  const order = state.orders.get(decodeURIComponent(id))
  if (!order)
    return { status: 404, body: { name: 'RESOURCE_NOT_FOUND', details: [{ issue: 'INVALID_RESOURCE_ID' }] } }
  return action ? capture(state, order) : { status: 200, body: orderBody(state, order) }
}

function createOrder(state: State, body: unknown): Answer {
  const unit = pick(pick(body, 'purchase_units'), '0')
  const amount = pick(unit, 'amount')
  const context = pick(pick(pick(body, 'payment_source'), 'paypal'), 'experience_context')
  const value = String(pick(amount, 'value'))
  if (!/^\d+\.\d{2}$/.test(value))
    return { status: 422, body: { name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'DECIMAL_PRECISION' }] } }
  const order: Order = {
    id: randomBytes(9).toString('hex').toUpperCase().slice(0, 17),
    status: 'CREATED',
    reference: String(pick(unit, 'custom_id')),
    value,
    currency: String(pick(amount, 'currency_code')),
    return_url: String(pick(context, 'return_url')),
    cancel_url: String(pick(context, 'cancel_url')),
    capture_id: null,
  }
  state.orders.set(order.id, order)
  return { status: 201, body: orderBody(state, order) }
}

async function capture(state: State, order: Order): Promise<Answer | 'hang'> {
  if (order.status === 'CREATED') return refusal('ORDER_NOT_APPROVED')
  if (order.status === 'COMPLETED') return refusal('ORDER_ALREADY_CAPTURED')
  if (order.value.endsWith('.13')) return refusal('INSTRUMENT_DECLINED')
  if (order.value.endsWith('.78') && !state.answers.has(`failed-${order.id}`)) {
    state.answers.set(`failed-${order.id}`, { status: 503, body: null })
    return { status: 503, body: { name: 'SERVICE_UNAVAILABLE' } }
  }
  if (order.value.endsWith('.80')) await new Promise((resolve) => setTimeout(resolve, state.options.slow_ms))
  take(state, order)
  return order.value.endsWith('.77') ? 'hang' : { status: 201, body: orderBody(state, order) }
}

/** The money moves, and the event follows. */
function take(state: State, order: Order): void {
  order.status = 'COMPLETED'
  order.capture_id = randomBytes(9).toString('hex').toUpperCase().slice(0, 17)
  state.captures += 1
  const times = order.value.endsWith('.81') ? 3 : 1
  const event = {
    id: `WH-${order.capture_id}`,
    event_type: 'PAYMENT.CAPTURE.COMPLETED',
    resource: { ...captureBody(order), supplementary_data: { related_ids: { order_id: order.id } } },
  }
  for (let time = 0; time < times; time += 1) void sendEvent(state, event)
}

function captureBody(order: Order) {
  const value = order.value.endsWith('.79') ? `${order.value.slice(0, -1)}8` : order.value
  return {
    id: order.capture_id,
    status: 'COMPLETED',
    amount: { currency_code: order.currency, value },
    custom_id: order.reference,
  }
}

async function sendEvent({ options }: State, event: object): Promise<void> {
  if (options.webhook_url === null) return
  const transmission_id = randomBytes(8).toString('hex')
  const headers = {
    'paypal-transmission-id': transmission_id,
    'paypal-transmission-time': new Date().toISOString(),
    'paypal-auth-algo': 'HMAC',
    'paypal-cert-url': options.public_url,
    'paypal-transmission-sig': signature(options, transmission_id),
  }
  await fetch(options.webhook_url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  }).catch(() => undefined)
}

function signature({ client_secret, webhook_id }: PaypalServiceOptions, transmission_id: string): string {
  return createHmac('sha256', client_secret).update(`${transmission_id}|${webhook_id}`).digest('base64')
}

function verify({ options }: State, body: unknown): Answer {
  const genuine =
    pick(body, 'webhook_id') === options.webhook_id &&
    pick(body, 'transmission_sig') === signature(options, String(pick(body, 'transmission_id')))
  return { status: 200, body: { verification_status: genuine ? 'SUCCESS' : 'FAILURE' } }
}

/** The page where the payer says yes or no. */
function browse(state: State, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const order = state.orders.get(url.searchParams.get('token') ?? '')
  if (!order) {
    send(response, { status: 404, body: { name: 'RESOURCE_NOT_FOUND' } })
    return
  }
  if (request.method === 'POST') {
    const approve = url.searchParams.get('answer') === 'pay'
    if (approve && order.status === 'CREATED') order.status = 'APPROVED'
    const target = new URL(approve ? order.return_url : order.cancel_url)
    target.searchParams.set('token', order.id)
    if (approve) target.searchParams.set('PayerID', 'LOCALPAYER')
    response.writeHead(303, { location: target.href }).end()
    return
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(
    approvalPage(
      { id: order.id, value: order.value, currency: order.currency },
      request.headers['accept-language'],
    ),
  )
}

function orderBody({ options }: State, order: Order): object {
  const payments = order.capture_id === null ? {} : { payments: { captures: [captureBody(order)] } }
  return {
    id: order.id,
    status: order.status,
    intent: 'CAPTURE',
    purchase_units: [
      {
        reference_id: order.reference,
        custom_id: order.reference,
        amount: { currency_code: order.currency, value: order.value },
        ...payments,
      },
    ],
    links: [
      { rel: 'payer-action', method: 'GET', href: `${options.public_url}/checkoutnow?token=${order.id}` },
    ],
  }
}

function refusal(issue: string): Answer {
  return { status: 422, body: { name: 'UNPROCESSABLE_ENTITY', details: [{ issue }] } }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  return request.headers['content-type']?.includes('json') && text !== '' ? JSON.parse(text) : null
}

function pick(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Record<string, unknown>)[name]
}
