import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { Value } from 'typebox/value'
import { expect } from 'vitest'
import { openSession } from '#domains/identity/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { TestApp } from '#test/app.ts'
import { type GivenShop, type GivenUser, TEST_CALL } from '#test/given.ts'

/** Who calls, in every row of the access matrix. */
export const ACTORS = [
  'guest',
  'user',
  'other_user',
  'shop',
  'other_shop',
  'unverified',
  'admin_without_second_factor',
  'admin',
] as const
export type ActorName = (typeof ACTORS)[number]
export type Person = GivenUser | GivenShop

export type World = {
  people: Record<Exclude<ActorName, 'guest'>, Person>
  user: GivenUser
  shop: GivenShop
  admin: GivenUser
  /** Headers of a session of its own: what one call does to its session, no other call notices. */
  authOf: (actor: ActorName) => Promise<Record<string, string>>
  sessionOf: (actor: Exclude<ActorName, 'guest'>) => Promise<{ public_id: string; refresh_token: string }>
}

export async function createWorld(app: TestApp): Promise<World> {
  const { given } = app
  const [user, other_user, unverified, admin, admin_without_second_factor] = await Promise.all([
    given.user({ name: 'Aida', balance: 10_000 }),
    given.user({ name: 'Berik', balance: 10_000 }),
    given.user({ name: 'Vera', balance: 10_000, verified: false }),
    given.admin({ name: 'Gulnara', balance: 10_000 }),
    given.admin({ name: 'Dias' }),
  ])
  const [shop, other_shop] = await Promise.all([
    given.shop({ shop_name: 'Tulpar', balance: 1_000_000 }),
    given.shop({ shop_name: 'Qyran', balance: 1_000_000 }),
  ])
  const people = { user, other_user, shop, other_shop, unverified, admin_without_second_factor, admin }
  const open = (actor: Exclude<ActorName, 'guest'>) => {
    const { account_id, actor: acts } = people[actor]
    return inTransaction(app.db, (tx) =>
      openSession(tx, app.identity, {
        account_id,
        account_type: acts.kind,
        platform: 'web',
        amr: actor === 'admin' ? ['pwd', 'otp'] : ['pwd'],
        call: TEST_CALL,
      }),
    )
  }
  return {
    people,
    user,
    shop,
    admin,
    authOf: async (actor): Promise<Record<string, string>> =>
      actor === 'guest' ? {} : { authorization: `Bearer ${(await open(actor)).tokens.access_token}` },
    sessionOf: async (actor) => {
      const { public_id, tokens } = await open(actor)
      return { public_id, refresh_token: tokens.refresh_token }
    },
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
/** One operation of the OpenAPI document. `path` as the document writes it. */
export type Operation = { method: Method; path: string; about: OperationObject }
export type OperationObject = {
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema: JsonSchema }[]
  requestBody?: { content: Record<string, { schema?: JsonSchema }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema?: JsonSchema }> }>
  security?: Record<string, string[]>[]
}
export type JsonSchema = { [keyword: string]: unknown }

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

export function documentOf(app: TestApp): Record<string, unknown> & { paths: Record<string, object> } {
  // Written by the document's own plugin; its declared type knows OpenAPI 3.0 only. JSON makes it what a client gets.
  return JSON.parse(JSON.stringify(app.http.swagger()))
}

/** Every operation of the document of the running server. */
export function operationsOf(app: TestApp): Operation[] {
  return Object.entries(documentOf(app).paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      // The shape of an operation object is the subject of openapi.test.ts.
      .map(([method, about]) => ({
        method: method.toUpperCase() as Method,
        path,
        about: about as OperationObject,
      })),
  )
}

/** Every route that the server has, as the document would write it; those added for HEAD are left out. */
export function routesOf(app: TestApp): string[] {
  const parents: string[] = []
  return app.http
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (.*?) \(([A-Z, ]+)\)$/.exec(line) ?? []
      const depth = indent.length / 4
      parents[depth] = `${depth > 0 ? parents[depth - 1] : ''}${part}`
      const path = parents[depth].replace(/:(\w+)/g, '{$1}')
      return methods.split(', ').map((method) => ({ method, path }))
    })
    .filter(({ method }) => method !== '' && method !== 'HEAD')
    .map(nameOf)
}

export const nameOf = (operation: { method: string; path: string }) => `${operation.method} ${operation.path}`

/** `404 not_found` for a refusal, `200` for everything else. */
export function outcomeOf(response: LightMyRequestResponse): string {
  const { statusCode } = response
  return statusCode < 400 ? String(statusCode) : `${statusCode} ${String(codeOf(response))}`
}

/** A success is one that the document names, and its body fits the schema there. */
export function conformsTo(operation: Operation, response: LightMyRequestResponse): void {
  const about = `${nameOf(operation)} ${response.statusCode}`
  const documented = operation.about.responses[response.statusCode]
  expect(documented, `${about} is documented`).toBeDefined()
  const schema = documented?.content?.['application/json']?.schema
  if (!schema) return
  expect(response.headers['content-type'], about).toBe('application/json; charset=utf-8')
  const body: unknown = response.json()
  expect(Value.Errors(schema, body).slice(0, 3), about).toEqual([])
}

function codeOf(response: LightMyRequestResponse): unknown {
  const type = String(response.headers['content-type'])
  return type.startsWith('application/problem+json')
    ? response.json().code
    : `without a problem body (${type})`
}

/** What comes and goes without anybody's asking: limits, views, the queue's own bookkeeping. */
const RESTLESS = new Set(['shared.entries', 'shared.counters', 'shared.messages', 'infra.outbox_consumers'])

/** Rows of every table of the application and objects of its store: what "nothing was written" is compared by. */
export async function everythingStored(app: TestApp): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
       and has_table_privilege(c.oid, 'select')
     order by 1`.execute(app.db)
  const names = tables.map(({ name }) => name).filter((name) => !RESTLESS.has(name))
  const counts = names.map((name) => `select '${name}' as name, count(*)::int as count from ${name}`)
  counts.push("select 'pgboss.job', count(*)::int from pgboss.job where name not like '\\_\\_pgboss%'")
  const { rows } = await sql<{ name: string; count: number }>`${sql.raw(counts.join(' union all '))}`.execute(
    app.db,
  )
  let objects = 0
  for await (const _ of app.blobs.list('')) objects += 1
  return { ...Object.fromEntries(rows.map(({ name, count }) => [name, count])), objects }
}
