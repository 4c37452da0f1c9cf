import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf, userOf } from '#infra/http.ts'
import { Id, IdParams, Money, nullable, PageQuery, Time, Url } from '#infra/schemas.ts'
import { centsToWire } from '#kernel/money.ts'
import { validationFailed } from '#kernel/problem.ts'
import { timeToWire } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { asRole } from '../model.ts'
import { pictureUrl } from '../profile-picture.ts'
import { Strict } from '../schemas.ts'
import { blockUser, unblockUser } from '../users/block-user.ts'
import { browseUsers, inspectUser } from '../users/browse-users.ts'
import { changeRole } from '../users/change-role.ts'
import { balanceBound, balanceRange } from './balance-range.ts'
import { text } from './reply-texts.ts'

const Role = Type.Union([Type.Literal('user'), Type.Literal('admin')])
const shared = { id: Id, email: Type.String(), name: Type.String(), balance: Money, created_at: Time }
/** The names without `_left` are those of the short list (contract 2.16). */
const ShortUser = Type.Object({ ...shared, free_generations: Type.Integer(), free_try_ons: Type.Integer() })
const full = {
  ...shared,
  free_generations_left: Type.Integer(),
  free_try_ons_left: Type.Integer(),
  role: Role,
  updated_at: Time,
}
const PageOfUsers = Type.Object({
  users: Type.Array(
    Type.Object({
      ...full,
      avatar_url: nullable(Url),
      total_generations: Type.Integer(),
      is_blocked: Type.Boolean(),
    }),
  ),
  total: Type.Integer(),
  page: Type.Integer(),
  per_page: Type.Integer(),
  total_pages: Type.Integer(),
})
const UserDetails = Type.Object({
  ...full,
  is_blocked: Type.Boolean(),
  blocked_at: nullable(Time),
  block_reason: nullable(Type.String()),
  recent_transactions: Type.Array(
    Type.Object({ id: Id, type: Type.String(), amount: Money, status: Type.String(), created_at: Time }),
  ),
  recent_generations: Type.Array(
    Type.Object({ id: Id, prompt: nullable(Type.String()), status: Type.String(), created_at: Time }),
  ),
})
const AllQuery = Type.Object({
  role: Type.Optional(Role),
  is_blocked: Type.Optional(Type.Boolean()),
  min_balance: balanceBound,
  max_balance: balanceBound,
  query: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'Part of name or address' })),
  sort_by: Type.Union([Type.Literal('created_at'), Type.Literal('name'), Type.Literal('balance')], {
    default: 'created_at',
  }),
  sort_order: Type.Union([Type.Literal('asc'), Type.Literal('desc')], { default: 'desc' }),
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  per_page: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
})

/** People, for admins. */
export function adminUserRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(listRoutes(deps))
    await http.register(userRoutes(deps))
    await http.register(blockRoutes(deps))
  }
}

function listRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const { media_origin } = deps.config
  return async (http) => {
    http.get(
      '/admin/users',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Users, newest first',
          querystring: PageQuery,
          response: { 200: Type.Array(ShortUser) },
        },
      },
      async (request) => {
        const newest = { ...request.query, sort_by: 'created_at', sort_order: 'desc' } as const
        const { items } = await browseUsers(deps, userOf(request), newest)
        return items.map((user) => ({
          ...sharedToWire(user),
          free_generations: user.free_generations_left ?? 0,
          free_try_ons: user.free_try_ons_left ?? 0,
        }))
      },
    )
    http.get(
      '/admin/users/all',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Users, filtered and sorted',
          querystring: AllQuery,
          response: { 200: PageOfUsers },
        },
      },
      async (request) => {
        const { page, per_page, min_balance, max_balance, ...filter } = request.query
        const { items, total } = await browseUsers(deps, userOf(request), {
          ...filter,
          ...balanceRange({ min_balance, max_balance }),
          skip: (page - 1) * per_page,
          limit: per_page,
        })
        const users = items.map((user) => ({
          ...fullToWire(user),
          avatar_url: pictureUrl(media_origin, user.avatar_url),
          total_generations: user.total_generations,
          is_blocked: user.blocked_at !== null,
        }))
        return { users, total, page, per_page, total_pages: Math.ceil(total / per_page) }
      },
    )
  }
}

function userRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/admin/users/:user_id',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'One user with what he did last',
          params: IdParams('user_id'),
          response: { 200: UserDetails },
        },
      },
      async (request) => {
        const { user, transactions, generations } = await inspectUser(deps, userOf(request), request.params)
        return {
          ...fullToWire(user),
          is_blocked: user.blocked_at !== null,
          blocked_at: user.blocked_at && timeToWire(user.blocked_at),
          block_reason: user.block_reason,
          recent_transactions: transactions.map(({ amount_cents, created_at, ...rest }) => ({
            ...rest,
            amount: centsToWire(amount_cents),
            created_at: timeToWire(created_at),
          })),
          recent_generations: generations.map(({ created_at, ...rest }) => ({
            ...rest,
            created_at: timeToWire(created_at),
          })),
        }
      },
    )
    http.put(
      '/admin/users/:user_id/role',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: "Change a user's role; needs a sign-in of the last 15 minutes",
          params: IdParams('user_id'),
          querystring: Type.Object({ new_role: Type.Optional(Role) }),
          body: nullable(Type.Object({ new_role: Type.Optional(Role) }, Strict)),
          response: {
            200: Type.Object({ message: Type.String(), user_id: Id, old_role: Role, new_role: Role }),
            202: Type.Object({ message: Type.String(), user_id: Id, approval_id: Id }),
          },
        },
      },
      async (request, reply) => {
        const new_role = oneRole(request.query.new_role, request.body?.new_role)
        const change = { ...request.params, new_role, call: callOf(request) }
        const { user_id, approval_id, ...roles } = await changeRole(deps, userOf(request), change)
        const locale = localeOf(request)
        if (approval_id !== undefined)
          return reply.code(202).send({ message: text('role_waits', locale), user_id, approval_id })
        return { message: text('role_changed', locale), user_id, ...roles }
      },
    )
  }
}

function blockRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const Reason = Type.String({ minLength: 10, maxLength: 1_000 })
  const Blocked = Type.Object({ message: Type.String(), user_id: Id })
  return async (http) => {
    http.post(
      '/admin/users/:user_id/block',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Shut a person out; needs a sign-in of the last 15 minutes',
          params: IdParams('user_id'),
          body: Type.Object({ reason: Reason }, Strict),
          response: { 200: Blocked },
        },
      },
      async (request) => {
        const { user_id } = request.params
        await blockUser(deps, userOf(request), { ...request.body, user_id, call: callOf(request) })
        return { message: text('user_blocked', localeOf(request)), user_id }
      },
    )
    http.post(
      '/admin/users/:user_id/unblock',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Let a blocked person in again; needs a sign-in of the last 15 minutes',
          params: IdParams('user_id'),
          body: nullable(Type.Object({ reason: Type.Optional(Reason) }, Strict)),
          response: { 200: Blocked },
        },
      },
      async (request) => {
        const { user_id } = request.params
        await unblockUser(deps, userOf(request), { ...request.body, user_id, call: callOf(request) })
        return { message: text('user_unblocked', localeOf(request)), user_id }
      },
    )
  }
}

/** In the query as today or in the body as well; one must be there and two must agree. */
function oneRole<Role>(query: Role | undefined, body: Role | undefined): Role {
  const role = query ?? body
  if (role === undefined || (body !== undefined && body !== role)) throw validationFailed([ROLE_NEEDED])
  return role
}

type AnyUser = {
  id: number
  email: string
  name: string
  role: string
  balance_cents: number | null
  free_generations_left: number | null
  free_try_ons_left: number | null
  created_at: Date
  updated_at: Date
}

function sharedToWire({ id, email, name, balance_cents, created_at }: AnyUser) {
  return { id, email, name, balance: centsToWire(balance_cents ?? 0), created_at: timeToWire(created_at) }
}

function fullToWire(user: AnyUser) {
  return {
    ...sharedToWire(user),
    free_generations_left: user.free_generations_left ?? 0,
    free_try_ons_left: user.free_try_ons_left ?? 0,
    role: asRole(user.role),
    updated_at: timeToWire(user.updated_at),
  }
}

const ROLE_NEEDED = {
  field: 'new_role',
  code: 'required',
  message: { ru: 'Укажите одну роль', kk: 'Бір рөлді көрсетіңіз', en: 'Give one role' },
}
