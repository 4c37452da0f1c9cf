import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Db, inTransaction } from '#infra/db.ts'
import { localeOf, userOf } from '#infra/http.ts'
import { Id, IdParams } from '#infra/schemas.ts'
import { pageEnvelope } from '#kernel/page.ts'
import { notFound } from '#kernel/problem.ts'
import { keepGeneration } from './keep-generation.ts'
import { deleteItem, findItem, listItems } from './queries.ts'
import { itemToWire, KeepBody, ListQuery, WardrobeItem, WardrobeList } from './schemas.ts'

const tags = ['wardrobe']
const config = { access: 'user', limit: 'standard' } as const

/** `url` signs the address of a private picture. */
export function wardrobeRoutes(deps: { db: Db; url: (key: string) => string }): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/wardrobe',
      { schema: { tags, querystring: ListQuery, response: { 200: WardrobeList } }, config },
      async (request) => {
        const { skip, limit, ...filter } = request.query
        const { items, total } = await listItems(deps.db, userOf(request).user_id, filter, { skip, limit })
        return {
          items: items.map((row) => itemToWire(row, deps.url)),
          ...pageEnvelope(total, { skip, limit }),
          has_more: skip + items.length < total,
        }
      },
    )
    const one = { tags, params: IdParams('wardrobe_id') }
    http.get(
      '/wardrobe/:wardrobe_id',
      { schema: { ...one, response: { 200: WardrobeItem } }, config },
      async (request) => {
        const row = await findItem(deps.db, request.params.wardrobe_id, userOf(request).user_id)
        if (!row) throw notFound()
        return itemToWire(row, deps.url)
      },
    )
    const keep = { tags, params: IdParams('generation_id'), body: KeepBody, response: { 201: WardrobeItem } }
    http.post(
      '/wardrobe/from-generation/:generation_id',
      { schema: keep, config },
      async (request, reply) => {
        const row = await keepGeneration(deps, userOf(request), {
          ...request.body,
          generation_id: request.params.generation_id,
        })
        return reply.code(201).send(itemToWire(row, deps.url))
      },
    )
    const deletion = { ...one, response: { 200: Type.Object({ message: Type.String(), id: Id }) } }
    http.delete('/wardrobe/:wardrobe_id', { schema: deletion, config }, async (request) => {
      const { user_id } = userOf(request)
      const id = request.params.wardrobe_id
      // A generated item's files belong to the generation (contract 4.11): only the row goes.
      const deleted = await inTransaction(deps.db, (tx) => deleteItem(tx, id, user_id))
      if (!deleted) throw notFound()
      return {
        id,
        message: { ru: 'Удалено из гардероба', kk: 'Гардеробтан жойылды', en: 'Removed from the wardrobe' }[
          localeOf(request)
        ],
      }
    })
  }
}
