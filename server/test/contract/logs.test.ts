import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { formOf } from '#domains/media/test-form.ts'
import { HTML } from '#domains/media/test-pictures.ts'
import { createEmbeddedProvider, type ImageProvider } from '#domains/studio/public.ts'
import { createLogger } from '#infra/log.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type SmtpInbox, startSmtp } from '../smtp.ts'
import { type Outside, startOutside } from './outside.ts'

// What must never stand in a log is sent through everything that takes input, with every part real: the worker, a mail
// server that repeats addresses in its refusals, an issuer, PayPal.

const PAINTER = fileURLToPath(new URL('../programs/painter.ts', import.meta.url))
const canary = (kind: string) => `${kind}${randomBytes(9).toString('hex')}`
const CANARY = {
  email: canary('mail'),
  password: canary('password-'),
  name: canary('Name'),
  prompt: canary('prompt'),
  token: canary('token'),
  code: canary('code'),
  phone: `+7701${randomBytes(4).readUInt32BE() % 10_000_000}`,
  address: canary('Street'),
  query: canary('query'),
  file: canary('file'),
  idempotency: canary('key'),
  agent: canary('agent'),
}
const EMAIL = `${CANARY.email}@example.com`

let outside: Outside
let smtp: SmtpInbox
let app: TestApp
let provider: ImageProvider
let origin: string

beforeAll(async () => {
  outside = await startOutside()
  const refuse = (to: string) =>
    to.includes(CANARY.email) ? { code: 550, message: `5.1.1 <${to}>: no such user ${to}` } : undefined
  smtp = await startSmtp({ refuse })
  provider = createEmbeddedProvider(createLogger({ level: 'silent' }), { child_file: PAINTER })
  app = await startTestApp({
    roles: ['api', 'realtime', 'worker'],
    provider,
    env: { ...outside.env, SMTP_URL: `smtp://127.0.0.1:${smtp.port}` },
  })
  origin = await app.http.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app?.stop()
  await smtp?.stop()
  await outside?.stop()
})

type Headers = Record<string, string>
const send = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, headers: Headers = {}) =>
  app.http.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'user-agent': CANARY.agent, ...headers },
    ...(payload ? { payload } : {}),
  })
const post = (path: string, payload?: object, headers?: Headers) => send('POST', path, payload, headers)

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const until = Date.now() + 20_000
  while (!holds()) {
    if (Date.now() > until) throw new Error(`${what}: did not happen`)
    await pause(50)
  }
}

const person = { email: EMAIL, password: CANARY.password, account_type: 'user', platform: 'web' }
const name = `${CANARY.name}\n{"level":"fatal","msg":"${CANARY.name}"}\r\n`

/** Signs up and in, and is refused in every way. */
async function getIn(): Promise<{ access_token: string; refresh_token: string }> {
  const registered = await post('/auth/register', { ...person, name, consents: ['terms'] })
  expect(registered.statusCode).toBe(201)
  const { access_token, refresh_token } = registered.json()
  await post('/auth/register', { ...person, name, consents: [] })
  await post('/auth/login', { ...person, password: `${CANARY.password}!` })
  await post('/auth/login', { ...person, email: `${CANARY.email}@` })
  await post('/auth/login', { ...person, [CANARY.token]: CANARY.token })
  await post('/auth/password/forgot', { email: EMAIL })
  await post('/auth/password/reset', { token: CANARY.token, password: CANARY.password })
  await post('/auth/email/verify', { token: CANARY.code })
  await post('/auth/2fa/verify', { pre_auth_token: CANARY.token, code: '000000' })
  await post('/auth/google/login', { id_token: CANARY.token, account_type: 'user', platform: 'web' })
  await post('/auth/exchange', { login_code: CANARY.code })
  await post('/auth/refresh', { refresh_token: CANARY.token })
  await send('GET', `/auth/google/callback?code=${CANARY.code}&state=${CANARY.token}`)
  await send('GET', '/users/me', undefined, { authorization: `Bearer ${CANARY.token}` })
  await send('GET', `/users/me?access_token=${CANARY.token}`)
  return { access_token, refresh_token }
}

/** Uses the platform, well and badly. */
async function useIt(auth: Headers): Promise<void> {
  await send('PUT', '/users/me', { name: `${name}2` }, auth)
  await send('PUT', '/users/me', { avatar_url: `https://evil.kz/${CANARY.query}` }, auth)
  await post('/generations/generate', { prompt: CANARY.prompt, [CANARY.query]: 1 }, auth)
  await post('/generations/try-on', { product_id: 1, user_image_url: `/media/${CANARY.query}` }, auth)
  await post('/payments/user/top-up', { amount: 5, payment_type: CANARY.query }, auth)
  await post(`/payments/capture/${CANARY.query}`, undefined, auth)
  await post('/payments/paypal/webhook', { id: CANARY.query, event_type: CANARY.query })
  await send('GET', `/products/search?query=${CANARY.query}&nope=${CANARY.query}`)
  await send('GET', `/${CANARY.query}`)
  await app.http.inject({ url: `/media/${CANARY.query}/320.webp?signature=${CANARY.token}` })
  await app.http.inject({ url: `/%zz${CANARY.query}` })
  await app.http.inject({
    url: '/api/v1/products',
    headers: { cookie: `s=${CANARY.token}`, referer: CANARY.query },
  })
  const form = formOf([{ name: 'file', filename: `${CANARY.file}.jpg`, bytes: HTML }])
  await app.http.inject({
    method: 'POST',
    url: '/api/v1/media/person-photos',
    ...form,
    headers: { ...form.headers, ...auth },
  })
  const shop = await app.given.shop()
  await send('PUT', '/shops/me', { phone: CANARY.phone, address: CANARY.address, shop_name: name }, shop.auth)
  await send('PUT', '/shops/me', { phone: `${CANARY.phone}x`, address: CANARY.address }, shop.auth)
}

/** Sockets carry their ticket in the address. */
async function openSockets(): Promise<void> {
  for (const path of [
    `/ws/user?ticket=${CANARY.token}`,
    `/ws/nobody?token=${CANARY.token}`,
    `/nope?ticket=${CANARY.token}`,
  ]) {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`)
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.on('close', resolve))
  }
}

/** Bugs whose errors repeat what was being written: a row, a key, a value. */
async function failInside(auth: Headers): Promise<void> {
  const owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
  await owner.query(
    `alter table identity.users add constraint never check (name not like '${CANARY.name}%') not valid`,
  )
  const failing = await send('PUT', '/users/me', { name }, auth)
  await owner.query('alter table identity.users drop constraint never')
  await owner.query(`
    create function identity.never() returns trigger language plpgsql as 'begin perform new.name::int; return new; end';
    create trigger never before update on identity.users for each row execute function identity.never()`)
  const mistyped = await send('PUT', '/users/me', { name }, auth)
  await owner.end()
  expect([failing.statusCode, mistyped.statusCode]).toEqual([500, 500])
}

test('nothing secret or personal reaches the log; every line is one JSON object; ids link requests and jobs (L-03)', async () => {
  const { access_token, refresh_token } = await getIn()
  const auth = { authorization: `Bearer ${access_token}`, 'idempotency-key': CANARY.idempotency }
  const painted = await post('/generations/generate', { prompt: CANARY.prompt }, auth)
  expect(painted.statusCode).toBe(202)
  const failed = await post(
    '/generations/generate',
    { prompt: `fail:error ${CANARY.prompt}` },
    { authorization: auth.authorization },
  )
  expect(failed.statusCode).toBe(202)
  const topped = await app.given.user({ email: `second-${EMAIL}` })
  const top_up = await post('/payments/user/top-up', { amount: 5, payment_type: 'top_up' }, topped.auth)
  expect(top_up.statusCode).toBe(201)
  await useIt(auth)
  await openSockets()
  const request_id = String(painted.headers['x-request-id'])
  const linesOf = (id: string) => app.logs.filter((line) => line.includes(id))
  await eventually('the picture', () => linesOf(request_id).some((line) => line.includes('jobs.done')))
  await eventually('the refused mail', () =>
    app.logs.some((line) => line.includes('notifications.mail_refused')),
  )
  await failInside({ authorization: auth.authorization })
  await eventually('both bugs', () => app.logs.filter((line) => line.includes('http.bug')).length >= 2)

  const parsed = app.logs.map((line) => {
    expect(line.endsWith('\n') && line.indexOf('\n') === line.length - 1, line).toBe(true)
    const entry: Record<string, unknown> = JSON.parse(line)
    expect(entry).toMatchObject({
      level: expect.stringMatching(/^(info|warn|error)$/),
      time: expect.any(String),
    })
    return entry
  })
  expect(parsed.length).toBeGreaterThan(30)

  const text = app.logs.join('')
  const found = Object.entries(CANARY).flatMap(([kind, value]) =>
    app.logs.filter((line) => line.includes(value)).map((line) => `${kind}: ${line}`),
  )
  expect(found).toEqual([])
  const secrets = [
    access_token,
    refresh_token,
    JSON.parse(app.config.auth_signing_keys).keys[0].d,
    app.environment.DATA_ENCRYPTION_KEY,
    app.environment.MEDIA_SIGNING_KEY,
    app.environment.PAYPAL_CLIENT_SECRET,
    app.environment.GOOGLE_CLIENT_SECRET,
    new URL(app.config.database.url).password,
  ].filter(Boolean)
  expect(secrets.length).toBeGreaterThan(6)
  for (const secret of secrets) expect(text).not.toContain(secret)

  // Each line says what it is about itself; nothing of an earlier line of the same request clings to it.
  const own: Record<string, string[]> = {
    'http.request': ['method', 'route', 'status', 'ms', 'account_id'],
    'jobs.done': ['job', 'job_id', 'attempt', 'ms'],
  }
  for (const entry of parsed) {
    const { level: _level, time: _time, msg: _msg, request_id: _id, event = '', ...facts } = entry
    const members = own[String(event)]
    if (members) expect(members, JSON.stringify(entry)).toEqual(expect.arrayContaining(Object.keys(facts)))
  }

  const linked = linesOf(request_id).map((line): { event: string; request_id: string } => JSON.parse(line))
  expect(linked.map((line) => line.event)).toEqual(expect.arrayContaining(['http.request', 'jobs.done']))
  expect(new Set(linked.map((line) => line.request_id))).toEqual(new Set([request_id]))
})

test('every request has one line, with its route and not its address', async () => {
  const before = app.logs.length
  const answers = await Promise.all([
    send('GET', `/products/9${randomBytes(2).readUInt16BE()}?query=${CANARY.query}`),
    send('GET', '/nope'),
    app.http.inject({ url: '/%zz' }),
    app.http.inject({ method: 'OPTIONS', url: '/api/v1/products', headers: { origin: 'https://evil.kz' } }),
  ])
  await pause(50)
  const lines = app.logs.slice(before).map((line): Record<string, unknown> => JSON.parse(line))
  for (const { headers, statusCode } of answers) {
    const own = lines.filter((line) => line.request_id === headers['x-request-id'])
    expect(own).toMatchObject([{ event: 'http.request', status: statusCode, ms: expect.any(Number) }])
  }
  expect(lines.map((line) => line.route)).toEqual(
    expect.arrayContaining(['/api/v1/products/:product_id', 'unknown']),
  )
})
