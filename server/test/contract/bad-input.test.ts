import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formOf, type TestPart } from '#domains/media/test-form.ts'
import {
  GIF_SCRIPT,
  HTML,
  jpeg,
  jpegWithPage,
  jpegWithZip,
  pngBomb,
  SVG,
} from '#domains/media/test-pictures.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { expectProblem, languageOf } from './problems.ts'
import { createWorld, everythingStored, type Method, type World } from './world.ts'

let app: TestApp
let world: World
/** Objects of the user and the shop; the other user is the one who tries. */
let own: {
  generation_id: number
  photo_url: string
  session_id: string
  product_id: number
  listed_id: number
}
let others: { photo_url: string; generation_id: number }

beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  const { user, shop, people } = world
  for (const { account_id } of Object.values(people))
    await app.db
      .insertInto('identity.consents')
      .values({ account_id, document: 'photo_processing', version: '1' })
      .execute()
  const generate = (auth: Record<string, string>) =>
    app.http.inject({
      method: 'POST',
      url: '/api/v1/generations/generate',
      headers: auth,
      payload: { prompt: 'coat' },
    })
  own = {
    generation_id: (await generate(user.auth)).json().id,
    photo_url: (await app.given.picture(user.account_id, 'person')).url,
    session_id: (await world.sessionOf('user')).public_id,
    product_id: (await app.given.product({ shop, listed: false, images: 0 })).id,
    listed_id: (await app.given.product({ shop, admin: world.admin })).id,
  }
  others = {
    photo_url: (await app.given.picture(people.other_user.account_id, 'person')).url,
    generation_id: (await generate(people.other_user.auth)).json().id,
  }
})
afterAll(() => app.stop())

type Who = keyof World['people'] | 'guest'
type Sent = {
  who: Who
  method?: Method
  url: string
  headers?: Record<string, string>
  payload?: string | Buffer | object
}
type Case = [what: string, expected: string, sent: () => Sent | Promise<Sent>]

const post = (who: Who, url: string, payload: object | string, headers?: Record<string, string>): Sent => ({
  who,
  method: 'POST',
  url,
  payload,
  ...(headers ? { headers } : {}),
})
const raw = (who: Who, url: string, text: string, type = 'application/json') =>
  post(who, url, text, { 'content-type': type })
const get = (who: Who, url: string): Sent => ({ who, url })
const form = (who: Who, url: string, parts: TestPart[]): Sent => ({
  who,
  method: 'POST',
  url,
  ...formOf(parts),
})
const photo = (bytes: Buffer, filename = 'me.jpg') =>
  form('user', '/media/person-photos', [{ name: 'file', filename, bytes }])
const images = (bytes: Buffer[]) =>
  form(
    'shop',
    '/products/upload-images',
    bytes.map((file, index) => ({ name: 'files', filename: `${index}.jpg`, bytes: file })),
  )
const prompt = (text: unknown) => post('user', '/generations/generate', { prompt: text })

/** Sends the case in this language, and holds the answer against what is expected. */
async function refuse(expected: string, { who, url, headers, ...rest }: Sent, locale: 'ru' | 'kk' | 'en') {
  const auth = who === 'guest' ? {} : world.people[who].auth
  const response = await app.http.inject({
    method: 'GET',
    ...rest,
    url: `/api/v1${url}`,
    headers: { ...auth, ...headers, 'accept-language': locale },
  })
  const body = expectProblem(response, { locale })
  expect(`${body.status} ${body.code}`).toBe(expected)
  return body
}

function table(cases: Case[]): void {
  test.each(
    cases.map(([what, expected, sent], index) => ({ what, expected, sent, locale: languageOf(index) })),
  )('$what: $expected ($locale)', async ({ expected, sent, locale }) => {
    const what = await sent()
    const before = await everythingStored(app)
    await refuse(expected, what, locale)
    expect(await everythingStored(app), 'nothing was written').toEqual(before)
  })
}

const INVALID = '422 validation_failed'
const GONE = '404 not_found'
const BAD = '400 bad_request'
const LARGE = '413 file_too_large'
const TYPE = '415 unsupported_media'
const sign_in = { email: 'a@example.com', password: 'x', account_type: 'user', platform: 'web' }

describe('wrong types and values', () => {
  table([
    [
      'a number as text',
      INVALID,
      () => post('user', '/generations/try-on', { product_id: '1', user_image_url: own.photo_url }),
    ],
    ['a list as text', INVALID, () => prompt(['coat'])],
    ['null as text', INVALID, () => prompt(null)],
    [
      'a number with a fraction as id',
      INVALID,
      () => post('user', '/generations/try-on', { product_id: 1.5, user_image_url: 'x' }),
    ],
    ['a body that is a list', INVALID, () => post('user', '/generations/generate', [])],
    ['a body that is null', INVALID, () => raw('user', '/generations/generate', 'null')],
    ['no body', INVALID, () => ({ who: 'user', method: 'POST', url: '/generations/generate' })],
    ['an empty body that says it is JSON', INVALID, () => raw('user', '/generations/generate', '')],
    ['an unknown member', INVALID, () => post('user', '/generations/generate', { prompt: 'coat', price: 0 })],
    [
      'a role in the own profile',
      INVALID,
      () => ({ ...post('user', '/users/me', { name: 'A', role: 'admin' }), method: 'PUT' }),
    ],
    [
      'a balance in the own profile',
      INVALID,
      () => ({ ...post('user', '/users/me', { balance: 1_000 }), method: 'PUT' }),
    ],
    [
      'an approval in the own shop',
      INVALID,
      () => ({ ...post('shop', '/shops/me', { is_approved: true }), method: 'PUT' }),
    ],
    [
      'a state in a card',
      INVALID,
      () => post('shop', '/products', { name: 'A', price: 1, moderation_status: 'approved' }),
    ],
    ['a price of zero', INVALID, () => post('shop', '/products', { name: 'A', price: 0 })],
    ['a price below a cent', INVALID, () => post('shop', '/products', { name: 'A', price: 0.001 })],
    ['a price beyond the largest', INVALID, () => post('shop', '/products', { name: 'A', price: 1e300 })],
    ['a price of 1e999', INVALID, () => raw('shop', '/products', '{"name":"A","price":1e999}')],
    ['a name of blanks', INVALID, () => post('shop', '/products', { name: ' \t\n ', price: 1 })],
    [
      'a name of 256 characters',
      INVALID,
      () => post('shop', '/products', { name: 'x'.repeat(256), price: 1 }),
    ],
    [
      'characteristics of 9 KiB',
      INVALID,
      () => post('shop', '/products', { name: 'A', price: 1, characteristics: { a: 'x'.repeat(9_216) } }),
    ],
    [
      '51 characteristics',
      INVALID,
      () =>
        post('shop', '/products', {
          name: 'A',
          price: 1,
          characteristics: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, i])),
        }),
    ],
    [
      'a price with three decimals',
      INVALID,
      () => post('user', '/payments/user/top-up', { amount: 1.005, payment_type: 'top_up' }),
    ],
    [
      'a negative amount',
      INVALID,
      () => post('user', '/payments/user/top-up', { amount: -5, payment_type: 'top_up' }),
    ],
    [
      'an amount as text',
      INVALID,
      () => post('user', '/payments/user/top-up', { amount: '5', payment_type: 'top_up' }),
    ],
    [
      'another kind of payment',
      '400 invalid_payment_type',
      () => post('user', '/payments/user/top-up', { amount: 5, payment_type: 'product_rent' }),
    ],
    ['an address without a domain', INVALID, () => post('guest', '/auth/login', { ...sign_in, email: 7 })],
    [
      'a profile of another kind',
      INVALID,
      () => post('guest', '/auth/login', { ...sign_in, account_type: 'admin' }),
    ],
    [
      'a key of 65 characters',
      INVALID,
      () => post('user', '/generations/generate', { prompt: 'coat' }, { 'idempotency-key': 'x'.repeat(65) }),
    ],
  ])
})

describe('prompts', () => {
  table([
    ['empty', INVALID, () => prompt('')],
    ['blanks', INVALID, () => prompt(' \n ')],
    ['1,001 characters', INVALID, () => prompt('x'.repeat(1_001))],
    ['just under the largest body', INVALID, () => prompt('x'.repeat(1_000_000))],
    ['1 MB', LARGE, () => prompt('x'.repeat(1_048_577))],
    ['11 MB', LARGE, () => prompt('x'.repeat(11_000_000))],
    ['NUL', INVALID, () => prompt('coat\u0000')],
    ['a lone surrogate', INVALID, () => raw('user', '/generations/generate', '{"prompt":"\\ud83d coat"}')],
    [
      'NUL in the name of a member',
      INVALID,
      () => raw('user', '/generations/generate', '{"prompt":"coat","\\u0000":1}'),
    ],
  ])
})

describe('bodies that are no honest JSON', () => {
  table([
    ['broken off', BAD, () => raw('user', '/generations/generate', '{"prompt":"co')],
    ['no JSON', BAD, () => raw('user', '/generations/generate', 'prompt=coat')],
    ['two documents', BAD, () => raw('user', '/generations/generate', '{"prompt":"coat"}{}')],
    [
      '__proto__',
      BAD,
      () => raw('user', '/generations/generate', '{"prompt":"coat","__proto__":{"role":"admin"}}'),
    ],
    [
      'constructor.prototype',
      BAD,
      () =>
        raw(
          'user',
          '/generations/generate',
          '{"prompt":"coat","constructor":{"prototype":{"role":"admin"}}}',
        ),
    ],
    [
      '__proto__ inside of free-form members',
      BAD,
      () => raw('shop', '/products', '{"name":"A","price":1,"characteristics":{"__proto__":{"a":1}}}'),
    ],
    [
      '200,000 levels deep',
      BAD,
      () => raw('user', '/generations/generate', `{"prompt":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
    ],
    [
      '200,000 levels deep where anything is allowed',
      BAD,
      () =>
        raw(
          'guest',
          '/payments/paypal/webhook',
          `{"id":"1","event_type":"a","a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
        ),
    ],
    [
      'deep where no body is expected',
      BAD,
      () => ({
        ...raw('user', `/payments/capture/x`, '['.repeat(9_999) + ']'.repeat(9_999)),
        headers: { 'content-type': 'application/json', 'idempotency-key': 'deep' },
      }),
    ],
    ['plain text', TYPE, () => raw('user', '/generations/generate', '{"prompt":"coat"}', 'text/plain')],
    ['XML', TYPE, () => raw('user', '/generations/generate', '<prompt>coat</prompt>', 'application/xml')],
    [
      'a form where JSON is expected',
      TYPE,
      () => raw('user', '/generations/generate', 'prompt=coat', 'application/x-www-form-urlencoded'),
    ],
    [
      'a multipart form where JSON is expected',
      TYPE,
      () => form('user', '/generations/generate', [{ name: 'prompt', value: 'coat' }]),
    ],
    [
      'bytes of no type',
      TYPE,
      () => ({
        who: 'user',
        method: 'POST',
        url: '/generations/generate',
        payload: Buffer.from('{}'),
        headers: { 'content-type': 'application/octet-stream' },
      }),
    ],
    ['JSON where a form is expected', TYPE, () => post('user', '/media/person-photos', { file: 'x' })],
  ])
})

describe('ids, paths and pages', () => {
  table([
    ['an unknown card', GONE, () => get('guest', '/products/999999')],
    ['an unknown category', GONE, () => get('guest', '/categories/999999')],
    ['an unknown shop', GONE, () => get('guest', '/shops/999999')],
    ['an unknown picture of AI', GONE, () => get('user', '/generations/999999')],
    ['an unknown garment', GONE, () => ({ who: 'user', method: 'DELETE', url: '/wardrobe/999999' })],
    [
      'a try-on of an unknown card',
      GONE,
      () => post('user', '/generations/try-on', { product_id: 999_999, user_image_url: own.photo_url }),
    ],
    [
      'a try-on of a card that is not listed',
      GONE,
      () =>
        post('user', '/generations/try-on', { product_id: own.product_id, user_image_url: own.photo_url }),
    ],
    ['a decision on an unknown card', GONE, () => post('admin', '/admin/moderation/999999/approve', {})],
    ['a decision on an unknown shop', GONE, () => post('admin', '/admin/shops/999999/approve', {})],
    ['somebody’s picture of AI', GONE, () => get('other_user', `/generations/${own.generation_id}`)],
    [
      'cancelling somebody’s picture of AI',
      GONE,
      () => ({ who: 'other_user', method: 'POST', url: `/generations/${own.generation_id}/cancel` }),
    ],
    [
      'deleting somebody’s picture of AI',
      GONE,
      () => ({ who: 'other_user', method: 'DELETE', url: `/generations/${own.generation_id}` }),
    ],
    [
      'keeping somebody’s picture of AI',
      GONE,
      () => ({ who: 'user', method: 'POST', url: `/wardrobe/from-generation/${others.generation_id}` }),
    ],
    [
      'ending somebody’s session',
      GONE,
      () => ({ who: 'other_user', method: 'DELETE', url: `/auth/sessions/${own.session_id}` }),
    ],
    [
      'changing another shop’s card',
      GONE,
      () => ({ ...post('other_shop', `/products/${own.listed_id}`, { price: 1 }), method: 'PUT' }),
    ],
    [
      'deleting another shop’s card',
      GONE,
      () => ({ who: 'other_shop', method: 'DELETE', url: `/products/${own.listed_id}` }),
    ],
    [
      'a try-on of somebody’s photo',
      INVALID,
      () =>
        post('user', '/generations/try-on', { product_id: own.listed_id, user_image_url: others.photo_url }),
    ],
    [
      'a photo on another host',
      INVALID,
      () =>
        post('user', '/generations/try-on', {
          product_id: own.listed_id,
          user_image_url: 'http://169.254.169.254/latest/meta-data',
        }),
    ],
    [
      'a photo that is a path',
      INVALID,
      () => post('user', '/generations/try-on', { product_id: own.listed_id, user_image_url: '/etc/passwd' }),
    ],
    [
      'a photo that climbs',
      INVALID,
      () =>
        post('user', '/generations/try-on', { product_id: own.listed_id, user_image_url: '../../media/x' }),
    ],
    ['id 0', INVALID, () => get('guest', '/products/0')],
    ['id -1', INVALID, () => get('guest', '/products/-1')],
    ['id 2⁵³', INVALID, () => get('guest', '/products/9007199254740992')],
    ['id 2⁶⁴', INVALID, () => get('guest', '/products/18446744073709551616')],
    [
      'id 2⁵³ in a body',
      INVALID,
      () => raw('user', '/generations/try-on', '{"product_id":9007199254740993,"user_image_url":"x"}'),
    ],
    ['id 1e3', INVALID, () => get('guest', '/products/1e3')],
    ['id 0x1', INVALID, () => get('guest', '/products/0x1')],
    ['id with a blank', INVALID, () => get('guest', '/products/%201')],
    ['id with a fraction', INVALID, () => get('guest', '/products/1.0')],
    ['id as SQL', INVALID, () => get('guest', `/products/${encodeURIComponent("1' or '1'='1")}`)],
    ['id NUL', INVALID, () => get('guest', '/products/%00')],
    ['an order with NUL', INVALID, () => ({ who: 'user', method: 'POST', url: '/payments/capture/%00' })],
    ['a path that cannot be decoded', BAD, () => get('guest', '/products/%zz')],
    ['half of a character in the path', BAD, () => get('guest', '/products/%ed%a0%80')],
    ['an endless path', BAD, () => get('guest', `/products/${'1'.repeat(300)}`)],
    ['skip -1', INVALID, () => get('guest', '/products?skip=-1')],
    ['skip beyond all', INVALID, () => get('guest', '/products?skip=99999999999')],
    ['limit 0', INVALID, () => get('guest', '/products?limit=0')],
    ['limit 100000', INVALID, () => get('guest', '/products?limit=100000')],
    ['limit true', INVALID, () => get('guest', '/products?limit=true')],
    ['limit twice', INVALID, () => get('guest', '/products?limit=1&limit=2')],
    ['limit without a value', INVALID, () => get('guest', '/products?limit=')],
    ['page 0', INVALID, () => get('admin', '/admin/shops/pending?page=0')],
    ['an unknown order', INVALID, () => get('guest', '/products/search?sort_by=password')],
    [
      'an order with SQL',
      INVALID,
      () => get('guest', `/products/search?sort_order=${encodeURIComponent('desc; drop table x')}`),
    ],
    ['prices the wrong way round', INVALID, () => get('guest', '/products/search?min_price=5&max_price=1')],
    ['a price that is no number', INVALID, () => get('guest', '/products/search?min_price=NaN')],
    ['NUL in a search', INVALID, () => get('guest', '/products/search?query=%00')],
    ['a search of 201 characters', INVALID, () => get('guest', `/products?search=${'x'.repeat(201)}`)],
  ])
})

describe('files', () => {
  table([
    ['a page called .jpg', TYPE, () => photo(HTML)],
    ['a page called .jpg among product pictures', TYPE, async () => images([await jpeg(), HTML])],
    ['an SVG with a script', TYPE, () => photo(SVG, 'me.svg')],
    ['a GIF that is a script', TYPE, () => photo(GIF_SCRIPT, 'me.gif')],
    ['a JPEG with a page inside', TYPE, async () => photo(await jpegWithPage())],
    ['a JPEG with an archive behind', TYPE, async () => photo(await jpegWithZip())],
    ['an empty file', TYPE, () => photo(Buffer.alloc(0))],
    ['a PNG of 30,000 × 30,000', INVALID, () => photo(pngBomb(30_000, 30_000))],
    ['a JPEG cut in half', INVALID, async () => photo((await jpeg()).subarray(0, 900))],
    ['a JPEG of noise', INVALID, async () => photo(scrambled(await jpeg()))],
    ['11 MB', LARGE, async () => photo(Buffer.concat([await jpeg(), Buffer.alloc(11_000_000)]))],
    ['no file', BAD, () => form('user', '/media/person-photos', [])],
    [
      'text in place of a file',
      INVALID,
      () => form('user', '/media/person-photos', [{ name: 'file', value: 'x' }]),
    ],
    [
      'a file under another name',
      INVALID,
      async () =>
        form('user', '/media/person-photos', [{ name: 'avatar', filename: 'a.jpg', bytes: await jpeg() }]),
    ],
    [
      'two files for one',
      INVALID,
      async () => form('user', '/media/person-photos', await several(2, 'file')),
    ],
    [
      'eleven files',
      INVALID,
      async () => form('shop', '/products/upload-images', await several(11, 'files')),
    ],
    [
      'fifty parts',
      LARGE,
      () =>
        form(
          'shop',
          '/products',
          Array.from({ length: 50 }, (_, i) => ({ name: `f${i}`, value: 'x' })),
        ),
    ],
    ['a field called __proto__', BAD, () => form('shop', '/products', [{ name: '__proto__', value: 'x' }])],
    [
      '__proto__ in an address form',
      INVALID,
      () =>
        raw(
          'shop',
          '/products',
          'name=A&price=1&__proto__=x&__defineGetter__=x',
          'application/x-www-form-urlencoded',
        ),
    ],
    [
      'characteristics in a form, far too deep',
      INVALID,
      () =>
        raw(
          'shop',
          '/products',
          `name=A&price=1&characteristics=${encodeURIComponent(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)}`,
          'application/x-www-form-urlencoded',
        ),
    ],
    [
      'a form that ends too early',
      BAD,
      () => ({
        ...photo(HTML),
        payload:
          '------leema-test-boundary\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc',
      }),
    ],
  ])
})

async function several(count: number, name: string): Promise<TestPart[]> {
  const bytes = await jpeg(60, 80)
  return Array.from({ length: count }, (_, index) => ({ name, filename: `${index}.jpg`, bytes }))
}

/** Still a JPEG by its first bytes; everything behind its header is something else. */
function scrambled(picture: Buffer): Buffer {
  const copy = Buffer.from(picture)
  for (let at = 20; at < copy.length; at += 1) copy[at] = (at * 31) % 251
  return copy
}

describe('tokens', () => {
  const bearer = (token: string): Sent => ({
    who: 'guest',
    method: 'POST',
    url: '/generations/generate',
    payload: { prompt: 'coat' },
    headers: { authorization: `Bearer ${token}` },
  })
  table([
    ['none', '401 not_authenticated', () => post('guest', '/generations/generate', { prompt: 'coat' })],
    ['garbage', '401 not_authenticated', () => bearer('garbage')],
    [
      'another scheme',
      '401 not_authenticated',
      () => ({ ...bearer(''), headers: { authorization: 'Basic YTpi' } }),
    ],
    ['an empty one', '401 not_authenticated', () => ({ ...bearer(''), headers: { authorization: '' } })],
    ['one of 20 kB', '401 not_authenticated', () => bearer('x'.repeat(20_000))],
    [
      'one with a letter changed',
      '401 not_authenticated',
      () => bearer(world.user.token.replace(/.(?=.{20}$)/, (c) => (c === 'A' ? 'B' : 'A'))),
    ],
    [
      'a refresh token',
      '401 not_authenticated',
      async () => bearer((await world.sessionOf('user')).refresh_token),
    ],
    [
      'that of an admin without the second factor',
      '401 two_factor_required',
      () => ({ who: 'admin_without_second_factor', url: '/products' }),
    ],
  ])

  test('an expired one: 401 token_expired, also where guests may come; signing in does not look at it', async () => {
    const auth = await world.authOf('user')
    app.clock.advance(31 * 60_000)
    try {
      const before = await everythingStored(app)
      const generate = { ...post('guest', '/generations/generate', { prompt: 'coat' }), headers: auth }
      await refuse('401 token_expired', generate, 'kk')
      await refuse('401 token_expired', { who: 'guest', url: '/products', headers: auth }, 'en')
      expect(await everythingStored(app)).toEqual(before)
      const { refresh_token } = await world.sessionOf('user')
      const renewed = await app.http.inject({
        method: 'POST',
        url: '/api/v1/auth/refresh',
        headers: auth,
        payload: { refresh_token },
      })
      expect(renewed.statusCode).toBe(200)
    } finally {
      app.clock.advance(-31 * 60_000)
    }
  })
})

test('after all of it the next request is as usual: nothing was polluted', async () => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as { role?: string }).role).toBeUndefined()
  const response = await app.http.inject({ url: '/api/v1/users/me', headers: world.user.auth })
  expect(response.json()).toMatchObject({ name: 'Aida', role: 'user' })
})
