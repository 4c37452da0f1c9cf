import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { documentOf, nameOf, type Operation, operationsOf, routesOf } from './world.ts'

let app: TestApp
let operations: Operation[]

beforeAll(async () => {
  app = await startTestApp({ roles: ['api', 'realtime'] })
  operations = operationsOf(app)
})
afterAll(() => app.stop())

/** No part of the contract of the API: files, sockets, preflights, and the mailbox of a local installation. */
const UNDOCUMENTED = [
  /^GET \/media\/\{key\}\/\{name\}$/,
  /^GET \/exports\/\{token\}$/,
  /^GET \/ws(\/(products|\{client_type\}))?$/,
  /^GET \/mailbox(\/\{mail_id\})?$/,
  /^OPTIONS \*$/,
  /^GET \/(assets|icons)\//,
  /^GET \/[\w-]+\.(html|js|svg|webmanifest|txt|xml|png|ico)(\.gz|\.br)?$/,
]

test('document and routes agree, both ways (S-04)', () => {
  const routes = routesOf(app).filter((route) => !UNDOCUMENTED.some((pattern) => pattern.test(route)))
  expect(routes.length).toBeGreaterThan(60)
  expect(operations.map(nameOf).toSorted()).toEqual(routes.toSorted())
})

test('the document is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(documentOf(app))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
  expect(documentOf(app).openapi).toBe('3.1.0')
})

test('every operation has a group, an answer for success with a schema, and says who may call it', () => {
  for (const { about, ...operation } of operations) {
    const name = nameOf(operation)
    expect(about.tags, name).toHaveLength(1)
    expect(about.tags?.[0], name).toMatch(/^[a-z]+$/)
    const good = Object.entries(about.responses).filter(([status]) => /^[23]/.test(status))
    expect(good, name).not.toEqual([])
    for (const [status, answer] of good)
      if (!['204', '302', '303'].includes(status))
        expect(answer.content?.['application/json']?.schema, `${name} ${status}`).toBeTypeOf('object')
    const access = 'x-access' in about ? about['x-access'] : undefined
    expect(access, name).toMatch(/^(guest|signed_in|user|shop|admin)$/)
    expect(about.security, name).toEqual(access === 'guest' ? [] : [{ bearer: [] }, { cookie: [] }])
    if (operation.path.startsWith('/api/v1/admin/')) expect(access, name).toBe('admin')
  }
})

test('every refusal is the one problem, and each operation names those that it can always answer', () => {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  for (const { about, ...operation } of operations) {
    const name = nameOf(operation)
    const refusals = Object.entries(about.responses).filter(([status]) => /^[45]|default/.test(status))
    for (const [status, answer] of refusals)
      if (name !== 'GET /health/ready' || status !== '503')
        expect(answer.content, `${name} ${status}`).toEqual(problem)
    const statuses = refusals.map(([status]) => status)
    const always = ['422', '429', 'default']
    const signed_in = about.security?.length === 0 ? [] : ['401', '403']
    const of_an_object = operation.path.includes('{') ? ['404'] : []
    const with_body = about.requestBody ? ['400', '413', '415'] : []
    expect(statuses, name).toEqual(
      expect.arrayContaining([...always, ...signed_in, ...of_an_object, ...with_body]),
    )
  }
})

test('every parameter of a path is described, and every body says its types', () => {
  for (const { about, ...operation } of operations) {
    const name = nameOf(operation)
    const inPath = (about.parameters ?? []).filter((parameter) => parameter.in === 'path')
    const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
    expect(inPath.map((parameter) => parameter.name).toSorted(), name).toEqual(named.toSorted())
    expect(
      inPath.every((parameter) => parameter.required),
      name,
    ).toBe(true)
    for (const [type, { schema }] of Object.entries(about.requestBody?.content ?? {})) {
      expect(type, name).toMatch(/^(application\/(json|x-www-form-urlencoded)|multipart\/form-data)$/)
      expect(schema, name).toBeTypeOf('object')
    }
  }
  const uploads = operations.filter(({ path }) => /upload-images|person-photos/.test(path))
  const files = uploads
    .filter(({ method }) => method === 'POST')
    .map(({ about }) => about.requestBody?.content)
  expect(files.map((content) => Object.keys(content ?? {}))).toEqual([
    ['multipart/form-data'],
    ['multipart/form-data'],
  ])
})

test('the headers of cookie sessions are described where they count', () => {
  const with_header = (header: string) =>
    operations
      .filter(({ about }) => about.parameters?.some((one) => one.in === 'header' && one.name === header))
      .map(nameOf)
  const session = with_header('X-Client-Session')
  expect(session).toEqual(
    expect.arrayContaining([
      'POST /api/v1/auth/login',
      'POST /api/v1/auth/refresh',
      'POST /api/v1/auth/logout',
    ]),
  )
  // Whatever answers with tokens can answer with cookies, and says so.
  const tokens = operations.filter(({ about }) => JSON.stringify(about.responses).includes('"refresh_token"'))
  expect(session).toEqual(expect.arrayContaining(tokens.map(nameOf)))
  for (const { about } of tokens) expect(JSON.stringify(about.responses)).toContain('"csrf_token"')
  const csrf = with_header('X-CSRF-Token')
  const changes = operations.filter((one) => one.method !== 'GET' && one.about.security?.length !== 0)
  expect(csrf).toEqual(expect.arrayContaining(changes.map(nameOf)))
  expect(csrf.filter((name) => /^GET |login|refresh$/.test(name))).toEqual([])
})

test('nothing inside is named: no file, table or host of this machine', () => {
  const text = JSON.stringify(documentOf(app))
  expect(text).not.toMatch(/node_modules|\/src\/|pgboss|postgres|127\.0\.0\.1/i)
})
