import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '#domains/wallet/public.ts'
import { createLogger } from '#infra/log.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { createEmbeddedProvider } from './embedded-provider.ts'
import { failOverdue } from './end-generation.ts'
import type { ImageProvider } from './image-provider.ts'
import { readAiMark } from './mark-picture.ts'
import { renderGeneration } from './render-generation.ts'

const PAINTER = fileURLToPath(new URL('../../../test/programs/painter.ts', import.meta.url))

let app: TestApp
let provider: ImageProvider
let render: (id: number) => Promise<void>

beforeAll(async () => {
  app = await startTestApp()
  provider = createEmbeddedProvider(createLogger({ level: 'silent' }), { child_file: PAINTER })
  render = (id) =>
    renderGeneration(
      { ...app.studio, provider },
      { data: { generation_id: id }, signal: new AbortController().signal },
    )
})
afterAll(async () => {
  await provider.close()
  await app.stop()
})

async function requested(user: GivenUser, prompt: string): Promise<number> {
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/generate',
    headers: user.auth,
    payload: { prompt },
  })
  expect(response.statusCode).toBe(202)
  return response.json().id
}
const rowOf = (id: number) =>
  app.db.selectFrom('studio.generations').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const fundsOf = (user: GivenUser) =>
  app.db
    .selectFrom('wallet.v_user_funds')
    .selectAll()
    .where('user_id', '=', user.user_id)
    .executeTakeFirstOrThrow()
const transactionsOf = (user: GivenUser) =>
  app.db
    .selectFrom('wallet.transactions')
    .selectAll()
    .where('user_id', '=', user.user_id)
    .where('type', '=', 'GENERATION')
    .execute()
const eventsOf = (id: number) =>
  app.db
    .selectFrom('infra.outbox_events')
    .select(['name', 'payload'])
    .orderBy('id')
    .execute()
    .then((rows) =>
      rows
        .filter((row) => (row.payload as { generation_id?: number }).generation_id === id)
        .map((row) => row.name),
    )

/** A person without free credits and with this balance in cents. */
async function payer(balance: number): Promise<GivenUser> {
  const user = await app.given.user({ balance })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ generations_left: 0 })
    .where('user_id', '=', user.user_id)
    .execute()
  return user
}

test('a painted picture spends the hold once, however often and at once the job runs', async () => {
  const user = await payer(500)
  const id = await requested(user, 'blue dress')
  await Promise.all([render(id), render(id), render(id)])
  await render(id)
  expect(await rowOf(id)).toMatchObject({ status: 'succeeded', cost_cents: 100, error_code: null })
  expect(await fundsOf(user)).toMatchObject({ balance_cents: 400, held_cents: 0 })
  expect(await transactionsOf(user)).toMatchObject([
    { amount_cents: -100, status: 'COMPLETED', balance_after_cents: 400 },
  ])
})

test('the finished picture is private, marked as made by an algorithm at every size, and shown with its words', async () => {
  const user = await app.given.user()
  const id = await requested(user, 'blue dress')
  await render(id)
  const response = await app.http.inject({
    method: 'GET',
    url: `/api/v1/generations/${id}`,
    headers: user.auth,
  })
  const body = response.json()
  expect(body).toMatchObject({
    status: 'succeeded',
    cost: 0,
    is_ai: true,
    understood: [{ word: 'blue dress', meaning: 'dress' }],
    ignored: [],
  })
  const path = body.image_url.replace('http://localhost:8000', '')
  const picture = await app.http.inject({ method: 'GET', url: path })
  expect(picture.statusCode).toBe(200)
  expect((await app.http.inject({ method: 'GET', url: path.split('?')[0] })).statusCode).toBe(403)
  expect(await readAiMark(picture.rawPayload)).toMatchObject({
    digital_source_type: 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia',
  })
  expect((await sharp(picture.rawPayload).metadata()).format).toBe('webp')
})

test('a refusal is final: cost 0, the credit is back, the person is told what to change', async () => {
  const user = await app.given.user()
  const id = await requested(user, 'fail:refuse')
  await render(id)
  expect(await rowOf(id)).toMatchObject({
    status: 'failed',
    error_code: 'no_person',
    cost_cents: 0,
    attempts: 1,
  })
  expect((await fundsOf(user)).free_generations_left).toBe(3)
  const response = await app.http.inject({
    method: 'GET',
    url: `/api/v1/generations/${id}`,
    headers: { ...user.auth, 'accept-language': 'en' },
  })
  expect(response.json().error).toEqual({
    code: 'no_person',
    message:
      'No person was found. Take a photo standing and facing the camera, in front of a plain background.',
  })
})

test('4.16 example 4: balance 5.00, a generation whose AI fails: failed, cost 0, balance 5.00, no GENERATION transaction', async () => {
  const user = await payer(500)
  const id = await requested(user, 'fail:error')
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await expect(render(id)).rejects.toThrow('image provider: failed')
    expect(await rowOf(id)).toMatchObject({ status: 'queued', attempts: attempt })
    expect((await fundsOf(user)).held_cents).toBe(100)
  }
  await render(id)
  expect(await rowOf(id)).toMatchObject({
    status: 'failed',
    error_code: 'provider_failed',
    cost_cents: 0,
    attempts: 3,
  })
  expect(await fundsOf(user)).toMatchObject({ balance_cents: 500, held_cents: 0 })
  expect(await transactionsOf(user)).toEqual([])
})

test('a failure that heals: the hold stays and the next run succeeds', async () => {
  const user = await payer(500)
  const id = await requested(user, `fail:once:${randomBytes(4).toString('hex')}`)
  await expect(render(id)).rejects.toThrow()
  await render(id)
  expect(await rowOf(id)).toMatchObject({ status: 'succeeded', attempts: 2, cost_cents: 100 })
})

test('a crash of the engine is a failure of that job only', async () => {
  const user = await app.given.user()
  const crashing = await requested(user, 'fail:crash')
  await expect(render(crashing)).rejects.toThrow('image provider: crashed')
  const fine = await requested(user, 'white shirt')
  await render(fine)
  expect((await rowOf(fine)).status).toBe('succeeded')
})

test('a run whose worker was taken for dead does not settle: its successor does, with one charge', async () => {
  const user = await payer(500)
  const id = await requested(user, 'slow:700')
  const first = render(id)
  await new Promise((resolve) => setTimeout(resolve, 200))
  const second = render(id)
  await Promise.all([first, second])
  const row = await rowOf(id)
  expect(row).toMatchObject({ status: 'succeeded', attempts: 2, cost_cents: 100 })
  expect(await transactionsOf(user)).toHaveLength(1)
  const pictures = await app.db
    .selectFrom('media.files')
    .select(['storage_key', 'expires_at'])
    .where('owner_account_id', '=', user.account_id)
    .where('kind', '=', 'generation')
    .execute()
  expect(pictures.filter((file) => file.expires_at === null).map((file) => file.storage_key)).toEqual([
    row.image_key,
  ])
})

test('no result after ten minutes: failed by the watchdog, charge returned; a result that comes later is thrown away', async () => {
  const user = await payer(500)
  const id = await requested(user, 'slow:1200')
  const late = render(id)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const later = { now: () => new Date(app.clock.now().getTime() + 10 * 60_000 + 1_000) }
  expect(await failOverdue({ ...app.studio, clock: later })).toBeGreaterThanOrEqual(1)
  await late
  expect(await rowOf(id)).toMatchObject({
    status: 'failed',
    error_code: 'timed_out',
    cost_cents: 0,
    image_key: null,
  })
  expect(await fundsOf(user)).toMatchObject({ balance_cents: 500, held_cents: 0 })
  expect(await failOverdue({ ...app.studio, clock: later })).toBe(0)
})

test('the person hears of every step, in order, and the last event is the result', async () => {
  const user = await app.given.user()
  const id = await requested(user, 'green coat')
  await render(id)
  expect(await eventsOf(id)).toEqual([
    'generation.processing',
    'generation.processing',
    'generation.processing',
    'generation.completed',
    'studio.generation_succeeded',
  ])
})

test('the books balance after all of this', async () => {
  expect(await checkLedger(app.db)).toEqual({
    wrong_balances: [],
    unbalanced_transactions: [],
    wrong_holds: [],
  })
})
