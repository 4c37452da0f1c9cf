import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '#infra/db.ts'
import { actorOf, callOf, userOf } from '#infra/http.ts'
import { IdParams } from '#infra/schemas.ts'
import {
  CategoryChanges,
  CategoryInput,
  CategoryList,
  CategoryQuery,
  CategoryResponse,
  categoryToWire,
} from '../category-schemas.ts'
import { type CategoryDeps, createCategory } from '../create-category.ts'
import { deleteCategory } from '../delete-category.ts'
import { getCategory, listCategories } from '../list-categories.ts'
import type { WireDeps } from '../schemas.ts'
import { updateCategory } from '../update-category.ts'
import { cacheCategories } from './caching.ts'

const tags = ['categories']
const read = { access: 'guest', limit: 'read' } as const
const admin = { access: 'admin', limit: 'standard' } as const
const CategoryParams = IdParams('category_id')

export function categoryRoutes(deps: CategoryDeps & WireDeps & { db: Db }): FastifyPluginAsyncTypebox {
  return async (http) => {
    const list = { tags, querystring: CategoryQuery, response: { 200: CategoryList } }
    http.get('/categories', { schema: list, config: read }, async (request, reply) => {
      const { categories, total } = await listCategories(deps, request.query)
      cacheCategories(reply, actorOf(request))
      return { categories: categories.map((category) => categoryToWire(deps, category)), total }
    })

    const detail = { tags, params: CategoryParams, response: { 200: CategoryResponse } }
    http.get('/categories/:category_id', { schema: detail, config: read }, async (request, reply) => {
      const category = await getCategory(deps, request.params.category_id)
      cacheCategories(reply, actorOf(request))
      return categoryToWire(deps, category)
    })

    const create = { tags, body: CategoryInput, response: { 201: CategoryResponse } }
    http.post('/categories', { schema: create, config: admin }, async (request, reply) => {
      const input = { values: request.body, call: callOf(request) }
      const category = await createCategory(deps, userOf(request), input)
      reply.code(201).header('location', `/api/v1/categories/${category.id}`)
      return categoryToWire(deps, category)
    })

    const update = {
      tags,
      params: CategoryParams,
      body: CategoryChanges,
      response: { 200: CategoryResponse },
    }
    http.put('/categories/:category_id', { schema: update, config: admin }, async (request) => {
      const input = { category_id: request.params.category_id, changes: request.body, call: callOf(request) }
      return categoryToWire(deps, await updateCategory(deps, userOf(request), input))
    })

    const remove = { tags, params: CategoryParams, response: { 204: Type.Null() } }
    http.delete('/categories/:category_id', { schema: remove, config: admin }, async (request, reply) => {
      await deleteCategory(deps, userOf(request), {
        category_id: request.params.category_id,
        call: callOf(request),
      })
      return reply.code(204).send(null)
    })
  }
}
