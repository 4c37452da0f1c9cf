import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formOf } from '#domains/media/test-form.ts'
import { jpeg } from '#domains/media/test-pictures.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { Call } from './access-expectations.ts'
import { MATRIX } from './access-rows.ts'
import { type Outside, startOutside } from './outside.ts'
import {
  ACTORS,
  type ActorName,
  conformsTo,
  createWorld,
  nameOf,
  operationsOf,
  outcomeOf,
  type World,
} from './world.ts'

let app: TestApp
let outside: Outside
let world: World

beforeAll(async () => {
  outside = await startOutside()
  app = await startTestApp({ roles: ['api', 'realtime'], env: outside.env })
  world = await createWorld(app)
  for (const { account_id } of Object.values(world.people))
    await app.db
      .insertInto('identity.consents')
      .values({ account_id, document: 'photo_processing', version: '1' })
      .execute()
})
afterAll(async () => {
  await app?.stop()
  await outside?.stop()
})

async function outcome(operation: string, call: Call, actor: ActorName): Promise<string> {
  const [method, path = ''] = operation.split(' ')
  const { params = {}, query = '', payload, files, headers } = await call({ app, world, actor })
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
  expect(url, 'every parameter of the path is given').not.toContain('undefined')
  const form = files ? formOf([{ name: files, filename: 'a.jpg', bytes: await jpeg() }]) : undefined
  const response = await app.http.inject({
    // One of the document's own methods.
    method: method as 'GET',
    url: `${url}${query}`,
    headers: { ...(await world.authOf(actor)), ...headers, ...form?.headers },
    ...(payload === undefined ? {} : { payload }),
    ...(form ? { payload: form.payload } : {}),
  })
  if (response.statusCode < 400) conformsTo(operationOf(operation), response)
  return outcomeOf(response)
}

function operationOf(name: string) {
  const found = operationsOf(app).find((operation) => nameOf(operation) === name)
  if (!found) throw new Error(`${name} is not in the document`)
  return found
}

describe('every route answers every kind of caller with exactly this', () => {
  test.each(MATRIX.map((row) => [`${row.operation}${row.about ? `: ${row.about}` : ''}`, row] as const))(
    '%s',
    async (_name, row) => {
      const found = await Promise.all(ACTORS.map((actor) => outcome(row.operation, row.call, actor)))
      expect(Object.fromEntries(ACTORS.map((actor, index) => [actor, found[index]]))).toEqual(row.expected)
    },
  )
})

test('every operation of the document has its row, and every row an operation (Z-01)', () => {
  const documented = operationsOf(app).map(nameOf)
  const covered = [...new Set(MATRIX.map((row) => row.operation))]
  expect(covered.toSorted()).toEqual(documented.toSorted())
})

test('nobody but an admin with a second factor gets anything from any route below /admin (Z-02)', async () => {
  const admin_routes = MATRIX.filter((row) => row.operation.includes('/admin/'))
  expect(admin_routes.length).toBeGreaterThan(4)
  for (const row of admin_routes)
    for (const actor of ACTORS.filter((name) => name !== 'admin'))
      expect(row.expected[actor], `${row.operation} as ${actor}`).toMatch(/^40[13] /)
})
