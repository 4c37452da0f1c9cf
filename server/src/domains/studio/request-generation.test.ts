import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'

let app: TestApp
let shop: GivenShop
let product_id: number

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop()
  product_id = (await app.given.product({ shop, name: 'Linen shirt' })).id
})
afterAll(() => app.stop())

const tryOn = (user: GivenUser, body: object, headers: Record<string, string> = {}) =>
  app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/try-on',
    headers: { ...user.auth, ...headers },
    payload: body,
  })
const generate = (user: GivenUser, prompt: unknown) =>
  app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/generate',
    headers: user.auth,
    payload: { prompt },
  })
const countGenerations = async (user: GivenUser) =>
  (await app.db.selectFrom('studio.generations').select('id').where('user_id', '=', user.user_id).execute())
    .length
const creditsOf = (user: GivenUser) =>
  app.db
    .selectFrom('wallet.v_user_funds')
    .selectAll()
    .where('user_id', '=', user.user_id)
    .executeTakeFirstOrThrow()

test('an accepted try-on answers 202 at once with its place, the credit is set aside and the job waits', async () => {
  const user = await app.given.user()
  const photo = await app.given.picture(user.account_id, 'person')
  const response = await tryOn(user, { product_id, user_image_url: photo.url })
  expect(response.statusCode).toBe(202)
  const body = response.json()
  expect(body).toMatchObject({
    status: 'queued',
    type: 'try_on',
    mode: 'try_on',
    product_id,
    cost: 0,
    image_url: null,
    error: null,
    aspect_ratio: '2:3',
  })
  expect(body.task_id).toBe(body.id)
  expect(body.charge_info).toEqual({
    charged: false,
    amount: 0,
    message: 'Бесплатно. Осталось бесплатных: 4',
    free_remaining: 4,
  })
  expect(response.headers.location).toBe(`/api/v1/generations/${body.id}`)
  const jobs = await app.pool.query(
    "select count(*)::int as count from pgboss.job where name = 'studio.render_generation' and data->'data'->>'generation_id' = $1",
    [String(body.id)],
  )
  expect(jobs.rows[0]).toEqual({ count: 1 })
})

test('4.16 example 1: three free generations, the fourth is 402 with its three figures and nothing is written', async () => {
  const user = await app.given.user()
  for (let i = 0; i < 3; i += 1) expect((await generate(user, 'red dress')).statusCode).toBe(202)
  const refused = await generate(user, 'red dress')
  expect(refused.statusCode).toBe(402)
  expect(refused.json()).toMatchObject({
    code: 'insufficient_balance',
    current_balance: 0,
    required_amount: 1,
    shortfall: 1,
  })
  expect(await countGenerations(user)).toBe(3)
})

test('twenty at once against credits for three: exactly three are accepted', async () => {
  const user = await app.given.user()
  const responses = await Promise.all(Array.from({ length: 20 }, () => generate(user, 'green coat')))
  const codes = responses.map((response) => response.statusCode).sort()
  expect(codes).toEqual([...Array(3).fill(202), ...Array(17).fill(402)])
  expect(await countGenerations(user)).toBe(3)
  expect((await creditsOf(user)).free_generations_left).toBe(0)
})

test('4.16 example 3: balance 0.50, two try-ons at once: one accepted, one 402, the balance never below zero', async () => {
  const user = await app.given.user({ balance: 50 })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ try_ons_left: 0 })
    .where('user_id', '=', user.user_id)
    .execute()
  const photo = await app.given.picture(user.account_id, 'person')
  const responses = await Promise.all(
    [1, 2].map(() => tryOn(user, { product_id, user_image_url: photo.url })),
  )
  expect(responses.map((response) => response.statusCode).sort()).toEqual([202, 402])
  expect(await creditsOf(user)).toMatchObject({ balance_cents: 50, held_cents: 50 })
})

test('the same Idempotency-Key answers again what it answered and charges once; another body is refused', async () => {
  const user = await app.given.user()
  const photo = await app.given.picture(user.account_id, 'person')
  const key = { 'idempotency-key': 'try-1' }
  const first = await tryOn(user, { product_id, user_image_url: photo.url }, key)
  const again = await tryOn(user, { product_id, user_image_url: photo.url }, key)
  expect(again.statusCode).toBe(202)
  expect(again.json()).toEqual(first.json())
  expect(again.headers['idempotent-replayed']).toBe('true')
  const other = await tryOn(user, { product_id, user_image_url: photo.url, save_to_wardrobe: true }, key)
  expect(other.statusCode).toBe(409)
  expect(other.json().code).toBe('idempotency_mismatch')
  expect(await countGenerations(user)).toBe(1)
  expect((await creditsOf(user)).free_try_ons_left).toBe(4)
})

test('an answer that was lost with its process: the same key finds what was accepted, with one charge', async () => {
  const user = await app.given.user()
  const photo = await app.given.picture(user.account_id, 'person')
  const key = { 'idempotency-key': 'try-lost' }
  const first = await tryOn(user, { product_id, user_image_url: photo.url }, key)
  await app.db.deleteFrom('infra.idempotency_keys').where('key', '=', 'try-lost').execute()
  const again = await tryOn(user, { product_id, user_image_url: photo.url }, key)
  expect([again.statusCode, again.json().id]).toEqual([202, first.json().id])
  expect(await countGenerations(user)).toBe(1)
  expect((await creditsOf(user)).free_try_ons_left).toBe(4)
})

test('twenty requests with one Idempotency-Key at once make one generation', async () => {
  const user = await app.given.user()
  const photo = await app.given.picture(user.account_id, 'person')
  const key = { 'idempotency-key': 'try-2' }
  const responses = await Promise.all(
    Array.from({ length: 20 }, () => tryOn(user, { product_id, user_image_url: photo.url }, key)),
  )
  const accepted = responses.filter((response) => response.statusCode === 202)
  expect(new Set(accepted.map((response) => response.json().id)).size).toBe(1)
  expect(
    responses
      .filter((response) => response.statusCode === 409)
      .every((response) => response.json().code === 'request_in_flight'),
  ).toBe(true)
  expect(await countGenerations(user)).toBe(1)
})

test('what cannot be made is refused before anything is charged (M17)', async () => {
  const user = await app.given.user()
  const stranger = await app.given.user()
  const photo = await app.given.picture(user.account_id, 'person')
  const foreign = await app.given.picture(stranger.account_id, 'person')
  const pending = await app.given.product({ shop, listed: false })
  const bare = await app.given.product({ shop, images: 0 })
  const cases: [object, number, string][] = [
    [{ product_id: 999_999, user_image_url: photo.url }, 404, 'not_found'],
    [{ product_id: pending.id, user_image_url: photo.url }, 404, 'not_found'],
    [{ product_id: bare.id, user_image_url: photo.url }, 422, 'validation_failed'],
    [{ product_id, user_image_url: foreign.url }, 422, 'validation_failed'],
    [{ product_id, user_image_url: 'http://169.254.169.254/latest' }, 422, 'validation_failed'],
    [{ product_id, user_image_url: '/etc/passwd' }, 422, 'validation_failed'],
    [{ product_id, user_image_url: '../../etc/passwd' }, 422, 'validation_failed'],
    [{ product_id }, 422, 'validation_failed'],
    [{ product_id: '1', user_image_url: photo.url }, 422, 'validation_failed'],
    [{ product_id: -1, user_image_url: photo.url }, 422, 'validation_failed'],
    [{ product_id, user_image_url: photo.url, cost: 0 }, 422, 'validation_failed'],
  ]
  for (const [body, status, code] of cases) {
    const response = await tryOn(user, body)
    expect([response.statusCode, response.json().code], JSON.stringify(body)).toEqual([status, code])
  }
  expect(await countGenerations(user)).toBe(0)
  expect((await creditsOf(user)).free_try_ons_left).toBe(5)
})

test('a prompt that is empty, blank, too long or not text is 422 and nothing is written', async () => {
  const user = await app.given.user()
  for (const prompt of ['', '   ', 'x'.repeat(1_001), 7, null, ['a'], 'a\u0000b']) {
    const response = await generate(user, prompt)
    expect([response.statusCode, response.json().code], JSON.stringify(prompt)).toEqual([
      422,
      'validation_failed',
    ])
  }
  const huge = await generate(user, 'x'.repeat(1_100_000))
  expect([huge.statusCode, huge.json().code]).toEqual([413, 'file_too_large'])
  expect(await countGenerations(user)).toBe(0)
})

test('both spellings of a member are read', async () => {
  const user = await app.given.user()
  const photo = await app.given.picture(user.account_id, 'person')
  const response = await tryOn(user, { product_id, userImageUrl: photo.url, saveToWardrobe: true })
  expect(response.statusCode).toBe(202)
})

test("somebody else's generation is 404 for reading, cancelling and deleting", async () => {
  const user = await app.given.user()
  const stranger = await app.given.user()
  const { id } = (await generate(user, 'blue jeans')).json()
  const calls = [
    { method: 'GET' as const, url: `/api/v1/generations/${id}` },
    { method: 'POST' as const, url: `/api/v1/generations/${id}/cancel` },
    { method: 'DELETE' as const, url: `/api/v1/generations/${id}` },
  ]
  for (const call of calls)
    expect((await app.http.inject({ ...call, headers: stranger.auth })).statusCode).toBe(404)
  const own = await app.http.inject({ method: 'GET', url: `/api/v1/generations/${id}`, headers: user.auth })
  expect(own.json()).toMatchObject({ id, status: 'queued' })
})

test('cancelling gives the credit back once; a second time is 409', async () => {
  const user = await app.given.user()
  const { id } = (await generate(user, 'blue jeans')).json()
  expect((await creditsOf(user)).free_generations_left).toBe(2)
  const cancel = () =>
    app.http.inject({ method: 'POST', url: `/api/v1/generations/${id}/cancel`, headers: user.auth })
  const responses = await Promise.all([cancel(), cancel(), cancel()])
  expect(responses.map((response) => response.statusCode).sort()).toEqual([200, 409, 409])
  expect((await creditsOf(user)).free_generations_left).toBe(3)
})

test('4.16 example 20: a changed price is charged from then on, accepted work keeps its price (M20)', async () => {
  const user = await app.given.user({ balance: 1_000 })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ try_ons_left: 0 })
    .where('user_id', '=', user.user_id)
    .execute()
  const photo = await app.given.picture(user.account_id, 'person')
  await tryOn(user, { product_id, user_image_url: photo.url })
  await app.db
    .updateTable('settings.platform_settings')
    .set({ value: '3.00' })
    .where('key', '=', 'user_try_on_price')
    .execute()
  const response = await tryOn(user, { product_id, user_image_url: photo.url })
  await app.db
    .updateTable('settings.platform_settings')
    .set({ value: '0.50' })
    .where('key', '=', 'user_try_on_price')
    .execute()
  expect(response.json().charge_info).toMatchObject({ charged: true, amount: 3, balance_remaining: 6.5 })
  expect((await creditsOf(user)).held_cents).toBe(350)
})

test('switched off by the setting: 503, nothing charged', async () => {
  const user = await app.given.user()
  await app.db
    .updateTable('settings.platform_settings')
    .set({ value: 'false' })
    .where('key', '=', 'ai_generation_enabled')
    .execute()
  const response = await generate(user, 'blue jeans')
  await app.db
    .updateTable('settings.platform_settings')
    .set({ value: 'true' })
    .where('key', '=', 'ai_generation_enabled')
    .execute()
  expect([response.statusCode, response.json().code]).toEqual([503, 'unavailable'])
  expect(await countGenerations(user)).toBe(0)
})
