import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { testApi } from '../catalog/test-api.ts'
import { testDecisions } from './test-decisions.ts'

let app: TestApp
let admin: GivenUser
const { written } = testApi(() => app)
const { decide } = testDecisions(() => app)

type Auth = { authorization?: string }

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.given.admin()
})
afterAll(() => app.stop())

describe('queue', () => {
  test('shows waiting cards, oldest submission first; a resubmitted one goes to the end', async () => {
    const shop = await app.given.shop()
    const ids: number[] = []
    for (let count = 0; count < 3; count += 1) {
      app.clock.advance(1_000)
      ids.push((await app.given.product({ shop, listed: false })).id)
    }
    app.clock.advance(1_000)
    await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${ids[0]}`,
      headers: shop.auth,
      payload: { price: 3 },
    })
    const queue = async (query = '') => {
      const answer = await app.http.inject({
        url: `/api/v1/admin/moderation/queue${query}`,
        headers: admin.auth,
      })
      return answer.json().map((product: { id: number }) => product.id)
    }
    expect(await queue()).toEqual([ids[1], ids[2], ids[0]])
    expect(await queue('?skip=1&limit=1')).toEqual([ids[2]])
    await decide(admin.auth, ids[1] ?? 0, 'reject')
    await app.http.inject({ method: 'DELETE', url: `/api/v1/products/${ids[2]}`, headers: shop.auth })
    expect(await queue()).toEqual([ids[0]])
  })
})

describe('who may decide', () => {
  test.each([
    ['guest', 401],
    ['user', 403],
    ['shop', 403],
    ['admin', 200],
  ])('%s: %i', async (who, status) => {
    const shop = await app.given.shop()
    const { id } = await app.given.product({ shop, listed: false })
    const auth: Auth =
      who === 'guest'
        ? {}
        : who === 'user'
          ? (await app.given.user()).auth
          : who === 'shop'
            ? shop.auth
            : admin.auth
    const queue = await app.http.inject({ url: '/api/v1/admin/moderation/queue', headers: auth })
    const answers = [
      queue.statusCode,
      (await decide(auth, id, 'reject')).statusCode,
      (await decide(auth, id, 'approve')).statusCode,
    ]
    expect(answers).toEqual([status, status, status])
  })

  test.each([
    ['an unknown card', 'approve', 999_999, undefined, 404],
    ['an unknown card', 'reject', 999_999, undefined, 404],
    ['an id that is none', 'approve', 0, undefined, 422],
    ['a note too long', 'approve', 1, { notes: 'x'.repeat(1_001) }, 422],
    ['a note of the wrong type', 'reject', 1, { notes: 7 }, 422],
    ['an unknown field', 'approve', 1, { fee: 0 }, 422],
  ] as const)('%s (%s) writes nothing', async (_name, decision, id, body, status) => {
    const before = await written()
    expect((await decide(admin.auth, id, decision, body)).statusCode).toBe(status)
    expect(await written()).toEqual(before)
  })
})

test('after all of this a card is pending exactly while its row waits', async () => {
  const { rows } = await sql`
    select count(*)::int as cards, count(*) filter (
      where (p.moderation_status = 'pending') <> (q.id is not null and q.reviewed_at is null)
    )::int as broken
    from catalog.products p left join moderation.queue q on q.product_id = p.id
    where p.deleted_at is null`.execute(app.db)
  expect(rows).toEqual([{ cards: 6, broken: 0 }])
})
