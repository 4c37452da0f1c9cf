import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '#app/http.ts'
import { apiRoutes, rootRoutes } from '#app/routes.ts'
import { cookieSessions } from '#domains/identity/routes.ts'
import { connect, type Db, inTransaction } from '#infra/db.ts'
import type { LimitClass } from '#infra/http.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { makeSide, type Side } from '#test/two-sides.ts'

let app: TestApp
let first: Side
let second: Side
/** The server's own edge, with routes that forgot every filter, over one single database connection. */
let careless: FastifyInstance
let single: ReturnType<typeof connect>

const NO_LIMITS: Record<LimitClass, []> = {
  auth: [],
  refresh: [],
  generation: [],
  read: [],
  money: [],
  upload: [],
  inquiry: [],
  webhook: [],
  standard: [],
  none: [],
}

beforeAll(async () => {
  app = await startTestApp()
  const admin = await app.given.admin()
  first = await makeSide(app, admin)
  second = await makeSide(app, admin)
  single = connect({ url: app.config.database.url, pool_size: 1, application_name: 'single' }, app.log)
  careless = await createHttp({
    ...app,
    limits: NO_LIMITS,
    cookies: cookieSessions(app.config),
    api_routes: [carelessRoutes(single.db)],
    root_routes: [],
    web_folder: new URL('file:///nonexistent/'),
  })
})
afterAll(async () => {
  await careless?.close()
  await single?.close()
  await app?.stop()
})

/** Every row, whoever asks. */
function carelessRoutes(db: Db): FastifyPluginAsyncTypebox {
  const cards = async () => {
    const { rows } = await sql<{ name: string; shop_id: number }>`
      select name, shop_id from catalog.products order by id`.execute(db)
    return rows.map(({ name, shop_id }) => `${name} of ${shop_id}`)
  }
  const config = { access: 'guest', limit: 'none' } as const
  const response = { 200: Type.Array(Type.String()) }
  return async (http) => {
    http.get('/cards', { schema: { response }, config }, cards)
    http.post('/cards', { schema: { body: Type.Object({}), response }, config }, cards)
    const form = { consumes: ['multipart/form-data'], response }
    http.post('/form', { schema: form, config }, async (request) => {
      for await (const part of request.parts()) if (part.type === 'file') await part.toBuffer()
      return cards()
    })
    http.delete('/cards', { schema: { response }, config }, async () => {
      const gone = await inTransaction(db, (tx) =>
        tx.deleteFrom('catalog.products').returning(['name', 'shop_id']).execute(),
      )
      return gone.map(({ name, shop_id }) => `${name} of ${shop_id}`).sort()
    })
    http.get('/system', { schema: { response }, config: { ...config, acts_as: 'system' } }, cards)
  }
}

type Auth = { authorization?: string }
const GUEST: Auth = {}
const listed = (...sides: Side[]) => sides.map(({ shop }) => `listed of ${shop.shop_id}`)
const draft = ({ shop }: Side) => `draft of ${shop.shop_id}`

async function ask(method: 'GET' | 'DELETE', url: string, auth: Auth) {
  const response = await careless.inject({ method, url: `/api/v1${url}`, headers: auth })
  expect(response.statusCode, response.body).toBe(200)
  return response.json<string[]>()
}

describe('a route that forgot its filter', () => {
  test('shows a shop its own cards and what is listed, a user and a guest what is listed (Z-04)', async () => {
    const all = [...listed(first), draft(first), ...listed(second), draft(second)]
    expect(await ask('GET', '/cards', first.shop.auth)).toEqual(all.filter((card) => card !== draft(second)))
    expect(await ask('GET', '/cards', second.shop.auth)).toEqual(all.filter((card) => card !== draft(first)))
    expect(await ask('GET', '/cards', first.user.auth)).toEqual(listed(first, second))
    expect(await ask('GET', '/cards', GUEST)).toEqual(listed(first, second))
    expect(await ask('GET', '/system', GUEST)).toEqual(all)
  })

  test('does so after bodies that arrive in pieces over one kept connection', async () => {
    const url = await careless.listen({ port: 0, host: '127.0.0.1' })
    const send = async (side: Side, path: string, body: FormData | string) => {
      const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
      const headers = { ...side.shop.auth, ...type }
      const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body })
      return response.json()
    }
    const form = new FormData()
    form.set('file', new Blob([Buffer.alloc(300_000)]), 'a.bin')
    const json = JSON.stringify({ text: 'x'.repeat(300_000) })
    for (const side of [first, second, first]) {
      const other = side === first ? second : first
      for (const [path, body] of [
        ['/cards', json],
        ['/form', form],
      ] as const) {
        const cards = await send(side, path, body)
        expect(cards).toContain(draft(side))
        expect(cards).not.toContain(draft(other))
      }
    }
  })

  test('never mixes up two shops that ask at the same time over one connection', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const side = index % 2 === 0 ? first : second
        return ask('GET', '/cards', index % 5 === 0 ? GUEST : side.shop.auth)
      }),
    )
    const drafts = answers.map((cards) => cards.filter((card) => card.startsWith('draft')))
    expect(drafts).toEqual(
      answers.map((_, index) => {
        if (index % 5 === 0) return []
        return [draft(index % 2 === 0 ? first : second)]
      }),
    )
  })

  test('deletes nothing for a guest or a user, and a shop’s own cards only (Z-04)', async () => {
    expect(await ask('DELETE', '/cards', GUEST)).toEqual([])
    expect(await ask('DELETE', '/cards', first.user.auth)).toEqual([])
    const third = await makeSide(app, await app.given.admin())
    expect(await ask('DELETE', '/cards', third.shop.auth)).toEqual([draft(third), ...listed(third)])
    expect(await ask('GET', '/cards', first.shop.auth)).toContain(draft(first))
  })
})

test('the routes without a second wall are these: a new one is a decision', async () => {
  const open: string[] = []
  const collector = fastify({ routerOptions: { ignoreTrailingSlash: true } })
  collector.addHook('onRoute', ({ method, url, config }) => {
    if (config?.acts_as === 'system' && method !== 'HEAD') open.push(`${String(method)} ${url}`)
  })
  for (const routes of apiRoutes(app)) await collector.register(routes, { prefix: '/api/v1' })
  for (const routes of rootRoutes(app, ['api', 'realtime'])) await collector.register(routes)
  await collector.ready()
  await collector.close()
  expect(open.sort()).toEqual([
    'GET /api/v1/auth/google/callback',
    'GET /api/v1/payments/paypal/success',
    'GET /exports/:token',
    'GET /mailbox',
    'GET /mailbox/:mail_id',
    'GET /media/:key/:name',
    'POST /api/v1/auth/2fa/enable',
    'POST /api/v1/auth/2fa/passkeys',
    'POST /api/v1/auth/2fa/passkeys/authentication-options',
    'POST /api/v1/auth/2fa/passkeys/registration-options',
    'POST /api/v1/auth/2fa/passkeys/verify',
    'POST /api/v1/auth/2fa/setup',
    'POST /api/v1/auth/2fa/verify',
    'POST /api/v1/auth/apple/callback',
    'POST /api/v1/auth/apple/login',
    'POST /api/v1/auth/email/change/confirm',
    'POST /api/v1/auth/email/verify',
    'POST /api/v1/auth/exchange',
    'POST /api/v1/auth/google/login',
    'POST /api/v1/auth/login',
    'POST /api/v1/auth/logout',
    'POST /api/v1/auth/password/forgot',
    'POST /api/v1/auth/password/reset',
    'POST /api/v1/auth/refresh',
    'POST /api/v1/auth/register',
    'POST /api/v1/auth/telegram/login',
    'POST /api/v1/payments/paypal/webhook',
  ])
})
