import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf, callOf, shopOf } from '#infra/http.ts'
import { IdParams, Message, Url } from '#infra/schemas.ts'
import { readPictureForm } from '../../media/public.ts'
import { type CreateProductDeps, createProduct } from '../create-product.ts'
import { deleteProduct } from '../delete-product.ts'
import { getProduct } from '../get-product.ts'
import { listOwnProducts, listProducts, searchProducts } from '../list-products.ts'
import { IMAGES_MAX } from '../model.ts'
import { seesEverything } from '../policy.ts'
import { productFromForm, readFields } from '../product-form.ts'
import {
  ListQuery,
  OwnQuery,
  ProductChanges,
  ProductInput,
  ProductList,
  ProductResponse,
  productToWire,
  SearchQuery,
} from '../schemas.ts'
import { updateProduct } from '../update-product.ts'
import { type UploadImagesDeps, uploadImages } from '../upload-images.ts'
import type { ViewCounter } from '../view-counter.ts'
import { cacheLists, cachePages } from './caching.ts'
import { localeMessage } from './messages.ts'

export type ProductRoutesDeps = CreateProductDeps & UploadImagesDeps & { views: ViewCounter }

const tags = ['products']
const read = { access: 'guest', limit: 'read' } as const
const shop = { access: 'shop', limit: 'standard' } as const
const ProductParams = IdParams('product_id')

export function productRoutes(deps: ProductRoutesDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(readingRoutes(deps))
    await http.register(writingRoutes(deps))
  }
}

function readingRoutes(deps: ProductRoutesDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const list = { tags, querystring: ListQuery, response: { 200: ProductList } }
    http.get('/products', { schema: list, config: read }, async (request, reply) => {
      const actor = actorOf(request)
      const { products, ...page } = await listProducts(deps, request.query)
      cacheLists(reply, actor)
      return { products: products.map((product) => productToWire(deps, product, actor)), ...page }
    })

    const search = { tags, querystring: SearchQuery, response: { 200: ProductList } }
    http.get('/products/search', { schema: search, config: read }, async (request, reply) => {
      const actor = actorOf(request)
      const { products, ...page } = await searchProducts(deps, actor, request.query)
      cacheLists(reply, actor)
      return { products: products.map((product) => productToWire(deps, product, actor)), ...page }
    })

    const detail = { tags, params: ProductParams, response: { 200: ProductResponse } }
    http.get('/products/:product_id', { schema: detail, config: read }, async (request, reply) => {
      const actor = actorOf(request)
      const product = await getProduct(deps, actor, request.params.product_id)
      // A look-ahead (HEAD) is not a view, and a card that is not listed has no visitors.
      if (request.method === 'GET' && product.is_listed) deps.views.count(actor, callOf(request), product)
      cachePages(reply, actor, seesEverything(actor, product))
      return productToWire(deps, product, actor)
    })

    const own = { tags, querystring: OwnQuery, response: { 200: Type.Array(ProductResponse) } }
    http.get('/shops/me/products', { schema: own, config: shop }, async (request) => {
      const actor = shopOf(request)
      const products = await listOwnProducts(deps, actor, request.query)
      return products.map((product) => productToWire(deps, product, actor))
    })
  }
}

function writingRoutes(deps: ProductRoutesDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const upload = {
      tags,
      consumes: ['multipart/form-data'],
      response: { 201: Type.Object({ urls: Type.Array(Url) }) },
    }
    const uploads = { access: 'shop', limit: 'upload', file_field: 'files' } as const
    http.post('/products/upload-images', { schema: upload, config: uploads }, async (request, reply) => {
      const urls = await uploadImages(deps, shopOf(request), picturesOf(request, deps.upload_bytes_max))
      return reply.code(201).send({ urls })
    })

    const create = {
      tags,
      consumes: ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'],
      body: ProductInput,
      response: { 201: ProductResponse },
    }
    http.post(
      '/products',
      { schema: create, config: shop, preValidation: acceptForm },
      async (request, reply) => {
        const actor = shopOf(request)
        const product = await createProduct(deps, actor, request.body)
        reply.code(201).header('location', `/api/v1/products/${product.id}`)
        return productToWire(deps, product, actor)
      },
    )

    const update = { tags, params: ProductParams, body: ProductChanges, response: { 200: ProductResponse } }
    http.put('/products/:product_id', { schema: update, config: shop }, async (request) => {
      const actor = shopOf(request)
      const input = { product_id: request.params.product_id, changes: request.body }
      return productToWire(deps, await updateProduct(deps, actor, input), actor)
    })

    const remove = { tags, params: ProductParams, response: { 200: Message } }
    http.delete('/products/:product_id', { schema: remove, config: shop }, async (request) => {
      await deleteProduct(deps, shopOf(request), {
        product_id: request.params.product_id,
        call: callOf(request),
      })
      return localeMessage(request, 'product_deleted')
    })
  }
}

/** The parser's own limits lie just beyond ours, so that each broken limit gets its own answer. */
function picturesOf(request: FastifyRequest, bytes_max: number) {
  const limits = { fileSize: bytes_max + 1, files: IMAGES_MAX + 1 }
  return readPictureForm(() => request.parts({ limits }), {
    field: 'files',
    count_max: IMAGES_MAX,
    bytes_max,
  })
}

/** A card may be sent as a form, too: it is turned into the JSON form before the schema looks at it. */
async function acceptForm(request: FastifyRequest): Promise<void> {
  const type = request.headers['content-type'] ?? ''
  if (request.isMultipart())
    request.body = productFromForm(await readFields(request.parts({ limits: { files: 1 } })))
  else if (type.startsWith('application/x-www-form-urlencoded'))
    request.body = productFromForm(Object(request.body))
}
