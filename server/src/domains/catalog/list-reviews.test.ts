import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { insertReview } from './public.ts'
import { testApi } from './test-api.ts'

let app: TestApp
let shop: GivenShop
let admin: GivenUser
const { get } = testApi(() => app)

type Auth = { authorization?: string }

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop()
  admin = await app.given.admin()
})
afterAll(() => app.stop())

describe('reviews', () => {
  test('are listed newest first, counted, and averaged on the card', async () => {
    const card = await app.given.product({ shop, admin, images: 0 })
    const people = [
      await app.given.user({ name: 'Aida' }),
      await app.given.user({ name: 'Bek' }),
      await app.given.user({ name: 'Gul' }),
    ]
    for (const [index, person] of people.entries()) {
      const created_at = new Date(Date.UTC(2026, 0, 1 + index))
      const review = {
        user_id: person.user_id,
        product_id: card.id,
        rating: [5, 4, 5][index] ?? 1,
        comment: index === 0 ? 'Отлично' : null,
        created_at,
      }
      await inTransaction(app.db, (tx) => insertReview(tx, review))
    }
    const list = (await get(`/products/${card.id}/reviews`)).json()
    expect(list.map((review: { user_name: string }) => review.user_name)).toEqual(['Gul', 'Bek', 'Aida'])
    expect(list[2]).toEqual({
      id: list[2].id,
      user_id: people[0]?.user_id,
      product_id: card.id,
      rating: 5,
      comment: 'Отлично',
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
      user_name: 'Aida',
      user_avatar: null,
    })
    expect((await get(`/products/${card.id}/reviews?skip=1&limit=1`)).json()).toHaveLength(1)
    expect((await get(`/products/${card.id}/reviews/stats`)).json()).toEqual({
      product_id: card.id,
      total_reviews: 3,
      average_rating: 4.67,
      rating_distribution: { '5': 2, '4': 1, '3': 0, '2': 0, '1': 0 },
    })
    expect((await get(`/products/${card.id}`)).json()).toMatchObject({
      average_rating: 4.67,
      reviews_count: 3,
    })
  })

  test('without any the figures are zeros', async () => {
    const card = await app.given.product({ shop, admin, images: 0 })
    expect((await get(`/products/${card.id}/reviews/stats`)).json()).toEqual({
      product_id: card.id,
      total_reviews: 0,
      average_rating: 0,
      rating_distribution: { '5': 0, '4': 0, '3': 0, '2': 0, '1': 0 },
    })
  })

  test('one per person and card, also of many at once', async () => {
    const card = await app.given.product({ shop, admin, images: 0 })
    const { user_id } = await app.given.user()
    const write = () =>
      inTransaction(app.db, (tx) =>
        insertReview(tx, { user_id, product_id: card.id, rating: 3, comment: null, created_at: new Date() }),
      )
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, write))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    )
    expect(refusals).toEqual(Array(4).fill('already_exists'))
    expect((await get(`/products/${card.id}`)).json().reviews_count).toBe(1)
  })

  test('of a card that the caller may not see are 404', async () => {
    const card = await app.given.product({ shop, admin, listed: false, images: 0 })
    const of = async (auth: Auth) => [
      (await get(`/products/${card.id}/reviews`, auth)).statusCode,
      (await get(`/products/${card.id}/reviews/stats`, auth)).statusCode,
    ]
    expect(await of({})).toEqual([404, 404])
    expect(await of(shop.auth)).toEqual([200, 200])
    expect((await get('/products/999999/reviews')).statusCode).toBe(404)
  })
})
