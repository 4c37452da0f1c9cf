import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type FuzzedRequest, requestTo } from './fuzz-requests.ts'
import { type Outside, startOutside } from './outside.ts'
import { expectProblem } from './problems.ts'
import { type At, furnish } from './refusals.ts'
import { conformsTo, nameOf, type Operation, operationsOf } from './world.ts'

/** The same requests in every run; another number finds others. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261)
const AT_ONCE = 5
const ROUNDS = 200
const ANSWER_WITHIN_MS = 10_000

let outside: Outside
let app: TestApp
let at: At

beforeAll(async () => {
  outside = await startOutside()
  app = await startTestApp({ roles: ['api', 'realtime'], env: outside.env })
  at = await furnish(app)
})
afterAll(async () => {
  await app?.stop()
  await outside?.stop()
})

/** Text that no address may hold as it is goes as the bytes that UTF-8 would have had for it. */
function encoded(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : `${encodeURIComponent(text.toWellFormed())}%ED%A0%80`
}

async function send(operation: Operation, request: FuzzedRequest): Promise<LightMyRequestResponse> {
  const { params, query, body, content_type, headers } = request
  const access = 'x-access' in operation.about ? operation.about['x-access'] : 'guest'
  const actor =
    access === 'guest'
      ? request.signed_in
        ? 'unverified'
        : 'guest'
      : access === 'admin' || access === 'shop'
        ? access
        : 'user'
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(params[name] || ' '))
  const pairs = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  const auth = await at.world.authOf(actor)
  const type = body === undefined ? {} : { 'content-type': content_type }
  return app.http.inject({
    method: operation.method,
    url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: { ...headers, ...auth, ...type, 'accept-language': 'en' },
    ...(body === undefined ? {} : { payload: body }),
  })
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_WITHIN_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Real objects and credentials, so that most requests get past the first check. */
async function likelyValues() {
  const { world, own, others } = at
  const { user, shop, people } = world
  const { actor } = people.other_user
  const other_user_id = actor.kind === 'user' ? actor.user_id : 0
  const category = { name: 'Coats', slug: 'coats' }
  const [{ id: category_id }, { id: wardrobe_id }, tokens] = await Promise.all([
    app.db.insertInto('catalog.categories').values(category).returning('id').executeTakeFirstOrThrow(),
    app.db
      .insertInto('wardrobe.items')
      .values({ user_id: user.user_id, source: 'uploaded', name: 'Coat' })
      .returning('id')
      .executeTakeFirstOrThrow(),
    Promise.all(Array.from({ length: 20 }, () => world.sessionOf('other_shop'))),
  ])
  const product_id = [own.listed_id, own.product_id]
  return {
    inPath: {
      product_id,
      category_id: [category_id],
      wardrobe_id: [wardrobe_id],
      shop_id: [shop.shop_id],
      generation_id: [own.generation_id, others.generation_id],
      user_id: [other_user_id],
      id: [own.session_id],
      key: ['user_free_try_ons'],
    },
    elsewhere: {
      product_id,
      category_id: [null, category_id],
      shop_id: [shop.shop_id],
      user_image_url: [own.photo_url],
      userImageUrl: [own.photo_url],
      image_urls: [[]],
      images: [[]],
      email: [user.email, 'nobody@example.com', 'new@example.com'],
      password: ['five red umbrellas', 'short'],
      refresh_token: tokens.map(({ refresh_token }) => refresh_token),
      payment_type: ['top_up'],
      key: ['user_free_try_ons'],
      amount: [10, 10_000.01],
    },
  }
}

/** A service outside that refuses what it is sent is not our failure. */
const mayBeAway = (request: FuzzedRequest, code: string) =>
  /google|apple|payments/.test(request.operation) && /^(unavailable|payment_provider_error)$/.test(code)

test('a thousand requests made from the document: no failure of the server, no hang, every answer as documented', async () => {
  const likely = await likelyValues()
  const operations = operationsOf(app)
  const byName = new Map(operations.map((operation) => [nameOf(operation), operation]))
  const answers = new Map<string, number>()
  const judge = async (request: FuzzedRequest) => {
    const operation = byName.get(request.operation)
    if (!operation) throw new Error(`${request.operation} is not in the document`)
    const response = await send(operation, request)
    answers.set(request.operation, Math.min(answers.get(request.operation) ?? 600, response.statusCode))
    if (response.statusCode < 400) return conformsTo(operation, response)
    const about = JSON.stringify(request).slice(0, 1_000)
    const { status, code } = expectProblem(response, { locale: 'en', about })
    expect(status < 500 || mayBeAway(request, code), `${about} answered ${status} ${code}`).toBe(true)
  }
  // Four times as many of those that write: they have more to get wrong.
  const weighted = operations.flatMap((operation) =>
    Array<Operation>(operation.about.requestBody ? 4 : 1).fill(operation),
  )
  const any = fc.constantFrom(...weighted).chain((operation) => requestTo(operation, likely))
  await fc.assert(
    fc.asyncProperty(fc.array(any, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (requests) => {
      await Promise.all(requests.map((request) => inTime(judge(request))))
    }),
    { seed: SEED, numRuns: ROUNDS, endOnFailure: true, verbose: 1 },
  )
  expect(app.logs.filter((line) => line.includes('http.bug'))).toEqual([])
  // A fuzz that never gets past the first check finds nothing: most operations were also done.
  const done = [...answers.values()].filter((status) => status < 400).length
  expect(answers.size).toBeGreaterThan(operations.length * 0.9)
  expect(done).toBeGreaterThan(operations.length * 0.5)
}, 180_000)
