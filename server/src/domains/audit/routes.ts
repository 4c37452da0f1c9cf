import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '#infra/db.ts'
import { shopOf, userOf } from '#infra/http.ts'
import { Id, nullable, PageQuery, Time } from '#infra/schemas.ts'
import { pageEnvelope } from '#kernel/page.ts'
import { timeToWire } from '#kernel/time.ts'
import { browseLogs, browseMyShopLogs, COUNTED_MAX } from './browse-logs.ts'

/** Objects as `record` wrote them: which members they have depends on the action. */
const Values = nullable(Type.Record(Type.String(), Type.Unknown()))
const What = {
  id: Id,
  action: Type.String({ description: 'slice.past_tense' }),
  entity_type: Type.String(),
  entity_id: nullable(Id),
  old_values: Values,
  new_values: Values,
  created_at: Time,
  entity_name: nullable(
    Type.String({
      description: 'Present name of a card, shop, user or account; the last one of a card that is gone',
    }),
  ),
}
const LogItem = Type.Object({
  ...What,
  user_id: nullable(Id),
  shop_id: nullable(Id),
  actor_name: nullable(Type.String()),
  ip_address: nullable(Type.String()),
  user_agent: nullable(Type.String()),
  request_id: nullable(Type.String()),
})
const ShopLogItem = Type.Object({
  ...What,
  entity_gone: Type.Boolean({ description: 'A card that has been deleted' }),
  actor: Type.Union([Type.Literal('shop'), Type.Literal('staff')], {
    description: 'The shop itself, or the platform',
  }),
})
const envelope = <T extends typeof LogItem | typeof ShopLogItem>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    total: Type.Integer({
      description: `Counted up to ${COUNTED_MAX}; one more stands for all that come after`,
    }),
    page: Type.Integer(),
    page_size: Type.Integer(),
  })

const name = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[a-z0-9_.-]{1,100}$', description }))
const LogQuery = Type.Object({
  ...PageQuery.properties,
  actor_id: Type.Optional({ ...Id, description: 'Id of the user or shop that acted' }),
  actor_type: Type.Optional(Type.Union([Type.Literal('user'), Type.Literal('shop')])),
  action: name('Exactly this one, e.g. `moderation.product_approved`'),
  entity_type: name('What was acted on, e.g. `product`'),
  entity_id: Type.Optional(Id),
  from: Type.Optional({ ...Time, description: 'Inclusive' }),
  to: Type.Optional({ ...Time, description: 'Exclusive' }),
})

/** The trail, for admins whole and for shops as far as it is about them (contract 2.16). */
export function auditRoutes(deps: { db: Db }): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/admin/audit-logs',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Who did what, newest first',
          querystring: LogQuery,
          response: { 200: envelope(LogItem) },
        },
      },
      async (request) => {
        const { from, to, ...filter } = request.query
        const { items, total } = await browseLogs(deps, userOf(request), {
          ...filter,
          ...(from === undefined ? {} : { from: new Date(from) }),
          ...(to === undefined ? {} : { to: new Date(to) }),
        })
        return { items: items.map(toWire), ...pageEnvelope(total, request.query) }
      },
    )
    http.get(
      '/shops/me/audit-logs',
      {
        config: { access: 'shop', limit: 'standard' },
        schema: {
          tags: ['shops'],
          summary: 'What was done to the own shop and its cards, newest first',
          querystring: PageQuery,
          response: { 200: envelope(ShopLogItem) },
        },
      },
      async (request) => {
        const { items, total } = await browseMyShopLogs(deps, shopOf(request), request.query)
        return { items: items.map(toWire), ...pageEnvelope(total, request.query) }
      },
    )
  }
}

type Stored = { created_at: Date; old_values: unknown; new_values: unknown }

function toWire<Row extends Stored>(row: Row) {
  return {
    ...row,
    old_values: asObject(row.old_values),
    new_values: asObject(row.new_values),
    created_at: timeToWire(row.created_at),
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? { ...value } : null
}
