import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { createLogger } from '#infra/log.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { createEmbeddedProvider, type ImageProvider, renderGeneration } from '../studio/public.ts'
import { keepWantedTryOn } from './public.ts'

const PAINTER = fileURLToPath(new URL('../../../test/programs/painter.ts', import.meta.url))

let app: TestApp
let provider: ImageProvider

beforeAll(async () => {
  app = await startTestApp()
  provider = createEmbeddedProvider(createLogger({ level: 'silent' }), { child_file: PAINTER })
})
afterAll(async () => {
  await provider.close()
  await app.stop()
})

async function finished(user: GivenUser): Promise<number> {
  const made = await app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/generate',
    headers: user.auth,
    payload: { prompt: 'coat' },
  })
  const { id } = made.json()
  await renderGeneration(
    { ...app.studio, provider },
    { data: { generation_id: id }, signal: new AbortController().signal },
  )
  return id
}
const keep = (user: GivenUser, id: number, payload?: object) =>
  app.http.inject({
    method: 'POST',
    url: `/api/v1/wardrobe/from-generation/${id}`,
    headers: user.auth,
    ...(payload ? { payload } : {}),
  })
const list = (user: GivenUser, query = '') =>
  app.http.inject({ method: 'GET', url: `/api/v1/wardrobe${query}`, headers: user.auth })

test('a finished picture is kept with its defaults, and its generation says so', async () => {
  const user = await app.given.user()
  const id = await finished(user)
  const response = await keep(user, id)
  expect(response.statusCode).toBe(201)
  expect(response.json()).toMatchObject({
    source: 'generated',
    generation_id: id,
    name: 'AI Generated - generation',
    description: 'Created with AI',
    folder: 'AI Creations',
    is_favorite: false,
  })
  expect(response.json().images[0]).toContain('signature=')
  const generation = await app.http.inject({
    method: 'GET',
    url: `/api/v1/generations/${id}`,
    headers: user.auth,
  })
  expect(generation.json().wardrobe_item_id).toBe(response.json().id)
})

test('a kept picture cannot be deleted (409 with the number of items); after the item is gone it can', async () => {
  const user = await app.given.user()
  const id = await finished(user)
  const item = (await keep(user, id)).json()
  const remove = () =>
    app.http.inject({ method: 'DELETE', url: `/api/v1/generations/${id}`, headers: user.auth })
  expect((await remove()).json()).toMatchObject({ status: 409, code: 'in_use', items_count: 1 })
  expect(
    (await app.http.inject({ method: 'DELETE', url: `/api/v1/wardrobe/${item.id}`, headers: user.auth }))
      .statusCode,
  ).toBe(200)
  expect((await remove()).statusCode).toBe(200)
})

test('unfinished, foreign and unknown pictures are refused and nothing is kept', async () => {
  const user = await app.given.user()
  const stranger = await app.given.user()
  const waiting = (
    await app.http.inject({
      method: 'POST',
      url: '/api/v1/generations/generate',
      headers: user.auth,
      payload: { prompt: 'coat' },
    })
  ).json()
  expect((await keep(user, waiting.id)).json()).toMatchObject({ status: 409, code: 'invalid_state' })
  expect((await keep(stranger, await finished(user))).statusCode).toBe(404)
  expect((await keep(user, 999_999)).statusCode).toBe(404)
  expect((await list(user)).json()).toEqual({ items: [], total: 0, page: 1, page_size: 50, has_more: false })
  expect((await list(stranger)).json().total).toBe(0)
})

test('4.16 example 19: 499 items and two parallel additions: one 201, one 403 wardrobe_limit', async () => {
  const user = await app.given.user()
  const [first, second] = [await finished(user), await finished(user)]
  await sql`
    insert into wardrobe.items (user_id, source, name)
    select ${user.user_id}, 'uploaded', 'item ' || n from generate_series(1, 499) n`.execute(app.db)
  const responses = await Promise.all([keep(user, first), keep(user, second)])
  expect(responses.map((response) => response.statusCode).sort()).toEqual([201, 403])
  expect(responses.find((response) => response.statusCode === 403)?.json().code).toBe('wardrobe_limit')
  expect((await list(user)).json().total).toBe(500)
})

test('a try-on asked for with save_to_wardrobe is kept once, however often the event arrives', async () => {
  const user = await app.given.user()
  const id = await finished(user)
  const event = {
    id: 1,
    name: keepWantedTryOn.event,
    payload: { generation_id: id, user_id: user.user_id, save_to_wardrobe: true },
    deliveries: [],
    request_id: null,
    created_at: new Date(),
  }
  for (let time = 0; time < 2; time += 1)
    await inTransaction(app.db, (tx) => keepWantedTryOn.handle(tx, event))
  expect((await list(user)).json()).toMatchObject({
    total: 1,
    items: [{ generation_id: id, folder: 'AI Creations' }],
  })
  await inTransaction(app.db, (tx) =>
    keepWantedTryOn.handle(tx, { ...event, payload: { ...event.payload, save_to_wardrobe: false } }),
  )
  expect((await list(user)).json().total).toBe(1)
})

test('filters: favourites, folder, and a search in which % is a character', async () => {
  const user = await app.given.user()
  const id = await finished(user)
  await keep(user, id, { name: '100 % wool', is_favorite: true, folder: 'Winter' })
  await keep(user, id, { name: 'Silk' })
  expect(
    (await list(user, '?is_favorite=true')).json().items.map((item: { name: string }) => item.name),
  ).toEqual(['100 % wool'])
  expect((await list(user, '?folder=Winter')).json().total).toBe(1)
  expect((await list(user, '?search=%25')).json().total).toBe(1)
  expect((await list(user, '?limit=1')).json()).toMatchObject({ total: 2, has_more: true })
})
