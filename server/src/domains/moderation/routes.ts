import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { callOf, localeOf, userOf } from '#infra/http.ts'
import { IdParams, Message, nullable, PageQuery } from '#infra/schemas.ts'
import type { LocalizedText } from '#kernel/locale.ts'
import { ProductResponse, productToWire } from '../catalog/public.ts'
import { approveProduct, type DecisionDeps } from './approve-product.ts'
import { listQueue } from './list-queue.ts'
import { rejectProduct } from './reject-product.ts'

const tags = ['admin']
const admin = { access: 'admin', limit: 'standard' } as const
const ProductParams = IdParams('product_id')
const DecisionBody = Type.Object(
  {
    notes: Type.Optional(nullable(Type.String({ maxLength: 1000 }))),
    action: Type.Optional(Type.Unknown({ description: 'Accepted and ignored: the path decides' })),
  },
  { additionalProperties: false },
)

const APPROVED: LocalizedText = {
  ru: 'Карточка одобрена',
  kk: 'Карточка мақұлданды',
  en: 'The card has been approved',
}
const REJECTED: LocalizedText = {
  ru: 'Карточка отклонена',
  kk: 'Карточка қабылданбады',
  en: 'The card has been rejected',
}

export function moderationRoutes(deps: DecisionDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const queue = { tags, querystring: PageQuery, response: { 200: Type.Array(ProductResponse) } }
    http.get('/admin/moderation/queue', { schema: queue, config: admin }, async (request) => {
      const products = await listQueue(deps, request.query)
      return products.map((product) => productToWire(deps, product, userOf(request)))
    })

    // A decision without a body is one without notes.
    const decide = { tags, params: ProductParams, body: DecisionBody, response: { 200: Message } }
    const decision = { schema: decide, config: admin, preValidation: emptyBody }
    http.post('/admin/moderation/:product_id/approve', decision, async (request) => {
      await approveProduct(
        deps,
        userOf(request),
        decisionOf(request, request.params.product_id, request.body.notes),
      )
      return { message: APPROVED[localeOf(request)] }
    })
    http.post('/admin/moderation/:product_id/reject', decision, async (request) => {
      await rejectProduct(
        deps,
        userOf(request),
        decisionOf(request, request.params.product_id, request.body.notes),
      )
      return { message: REJECTED[localeOf(request)] }
    })
  }
}

async function emptyBody(request: FastifyRequest): Promise<void> {
  request.body ??= {}
}

function decisionOf(request: FastifyRequest, product_id: number, notes: string | null | undefined) {
  return { product_id, notes: notes?.trim() || null, call: callOf(request) }
}
