import type { FastifyInstance } from 'fastify'
import type { Db } from '#infra/db.ts'

type Auth = { authorization?: string }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Running = { http: Pick<FastifyInstance, 'inject'>; db: Db }

export const GUEST: Auth = {}

/** Members of a card that anybody sees (contract 2.0 ProductResponse). */
export const PUBLIC_KEYS = [
  'average_rating',
  'category_id',
  'characteristics',
  'created_at',
  'description',
  'id',
  'images',
  'is_active',
  'moderation_notes',
  'moderation_status',
  'name',
  'price',
  'purchases_count',
  'rent_expires_at',
  'reviews_count',
  'shop_id',
  'shop_name',
  'try_ons_count',
  'updated_at',
  'views_count',
]

/** Calls and looks that the tests of cards share. */
export function testApi(running: () => Running) {
  const call = (method: Method, url: string, auth: Auth, payload?: object) =>
    running().http.inject({
      method,
      url: `/api/v1${url}`,
      headers: auth,
      ...(payload === undefined ? {} : { payload }),
    })

  /** Rows that a refused write could have left. */
  async function written() {
    const rows = async (
      table:
        | 'catalog.products'
        | 'moderation.queue'
        | 'infra.outbox_events'
        | 'wallet.transactions'
        | 'audit.logs',
    ) => (await running().db.selectFrom(table).selectAll().execute()).length
    const products = await running()
      .db.selectFrom('catalog.products')
      .select(['id', 'version'])
      .orderBy('id')
      .execute()
    const linked = await running()
      .db.selectFrom('media.files')
      .select('id')
      .where('linked_at', 'is not', null)
      .execute()
    const counts = await Promise.all([
      rows('moderation.queue'),
      rows('infra.outbox_events'),
      rows('wallet.transactions'),
      rows('audit.logs'),
    ])
    return { products, linked: linked.length, counts }
  }

  async function lastEvent(): Promise<number> {
    const row = await running()
      .db.selectFrom('infra.outbox_events')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.id ?? 0
  }

  async function eventsSince(id: number) {
    const rows = await running()
      .db.selectFrom('infra.outbox_events')
      .selectAll()
      .where('id', '>', id)
      .orderBy('id')
      .execute()
    return rows.map((row) => ({
      name: row.name,
      payload: row.payload,
      // The column holds what `emit` wrote; JSON carries no type of its own.
      deliveries: row.deliveries as unknown as { to: string; data: Record<string, unknown> }[],
    }))
  }

  const queueRow = (product_id: number) =>
    running()
      .db.selectFrom('moderation.queue')
      .selectAll()
      .where('product_id', '=', product_id)
      .executeTakeFirst()

  return {
    get: (url: string, auth: Auth = GUEST) => call('GET', url, auth),
    send: (method: Method, url: string, auth: Auth, payload?: object) => call(method, url, auth, payload),
    written,
    lastEvent,
    eventsSince,
    queueRow,
  }
}
