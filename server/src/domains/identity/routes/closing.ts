import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf, shopOf, userOf } from '#infra/http.ts'
import { Id, IdParams, Message, nullable } from '#infra/schemas.ts'
import { deleteMyShop, deleteShop } from '../closing/delete-shop.ts'
import { deleteUser, eraseMe } from '../closing/erase-user.ts'
import type { IdentityDeps } from '../deps.ts'
import { Strict } from '../schemas.ts'
import { text } from './reply-texts.ts'

const forfeit_balance = Type.Optional(
  Type.Boolean({
    description: 'Give up what is left on the balance; without it a balance above zero is a refusal (409)',
  }),
)
const EraseBody = Type.Object({ confirm: Type.Literal(true), forfeit_balance }, Strict)
const reason = Type.String({ minLength: 10, maxLength: 1_000, pattern: '\\S' })
const DeleteUserBody = Type.Object({ reason, forfeit_balance }, Strict)
const DeleteShopBody = Type.Object({ reason }, Strict)

/** The end of a profile: by its owner, by an admin. Each needs a sign-in of the last 15 minutes. */
export function closingRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(ownRoutes(deps))
    await http.register(adminRoutes(deps))
  }
}

function ownRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.delete(
      '/users/me',
      {
        config: { access: 'user', limit: 'standard' },
        schema: {
          tags: ['users'],
          summary: 'Erase the own profile for ever; needs a sign-in of the last 15 minutes',
          body: EraseBody,
          response: { 202: Message },
        },
      },
      async (request, reply) => {
        const { forfeit_balance: may_forfeit = false } = request.body
        await eraseMe(deps, userOf(request), { forfeit_balance: may_forfeit, call: callOf(request) })
        return reply.code(202).send({ message: text('user_erased', localeOf(request)) })
      },
    )
    http.delete(
      '/shops/me',
      {
        config: { access: 'shop', limit: 'standard' },
        schema: {
          tags: ['shops'],
          summary: 'Delete the own shop; needs a sign-in of the last 15 minutes',
          body: nullable(Type.Object({}, Strict)),
          response: { 200: Message },
        },
      },
      async (request) => {
        await deleteMyShop(deps, shopOf(request), { call: callOf(request) })
        return { message: text('shop_deleted', localeOf(request)) }
      },
    )
  }
}

function adminRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.delete(
      '/admin/users/:user_id',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Erase a user; needs a sign-in of the last 15 minutes',
          params: IdParams('user_id'),
          body: DeleteUserBody,
          response: { 200: Message },
        },
      },
      async (request) => {
        const { forfeit_balance: may_forfeit = false, reason: why } = request.body
        const asked = { reason: why, forfeit_balance: may_forfeit, call: callOf(request) }
        const deletion = { ...request.params, ...asked }
        await deleteUser(deps, userOf(request), deletion)
        return { message: text('user_deleted', localeOf(request)) }
      },
    )
    http.delete(
      '/admin/shops/:shop_id',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Delete a shop; needs a sign-in of the last 15 minutes',
          params: IdParams('shop_id'),
          body: DeleteShopBody,
          response: {
            200: Type.Object({ message: Type.String(), shop_id: Id, shop_name: Type.String() }),
          },
        },
      },
      async (request) => {
        const deletion = { ...request.params, ...request.body, call: callOf(request) }
        const deleted = await deleteShop(deps, userOf(request), deletion)
        return { message: text('shop_deleted', localeOf(request)), ...deleted }
      },
    )
  }
}
