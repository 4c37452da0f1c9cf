import { createHash, randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, createClient } from '../test-support.ts'
import {
  type AppleIssuer,
  createAppleClient,
  SERVICE_ID,
  SITE,
  signInAtApple,
  startAppleIssuer,
} from './apple-test-support.ts'

let issuer: AppleIssuer
let app: TestApp
let client: Client
let apple: ReturnType<typeof createAppleClient>

beforeAll(async () => {
  issuer = await startAppleIssuer()
  app = await startTestApp({ env: issuer.environment })
  client = createClient(app)
  apple = createAppleClient(app, client)
})
afterAll(async () => {
  await app.stop()
  issuer.stop()
})

const address = (prefix = 'aida') => `${prefix}-${randomUUID().slice(0, 8)}@example.com`
const accounts = async () =>
  (
    await app.db
      .selectFrom('identity.accounts')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n
const sessions = async () =>
  (
    await app.db
      .selectFrom('identity.sessions')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

test('the browser flow signs a new person in under the name that Apple tells once', async () => {
  const email = address()
  const { status, location, cookie, code, page, form } = await apple.visit({ email, name: 'Aida Omarova' })
  expect(form.user).toBeDefined()
  expect(status).toBe(302)
  expect(location.startsWith(`${SITE}/callback?provider=apple&`)).toBe(true)
  expect(Object.fromEntries(page)).toEqual({
    provider: 'apple',
    code,
    state: expect.any(String),
    account_type: 'user',
    user_data: '{"name":{"firstName":"Aida","lastName":"Omarova"}}',
  })
  const entered = await apple.login({ code, user_data: page.get('user_data') }, cookie)
  expect(entered.status).toBe(200)
  expect(entered.body.user).toMatchObject({
    email,
    name: 'Aida Omarova',
    email_verified: true,
    avatar_url: null,
  })
  expect(decodeJwt(String(entered.body.access_token)).amr).toEqual(['apple'])
  const row = await app.db
    .selectFrom('identity.accounts')
    .select('apple_id')
    .where('email', '=', email)
    .executeTakeFirst()
  expect(row?.apple_id).toMatch(/^001234\.[0-9a-f]{32}\.1234$/)
})

test('the second sign-in brings no name and enters the same account under the old one', async () => {
  const email = address()
  const first = await apple.enter({ email, name: 'Dana' })
  const second = await apple.enter({ email, name: 'Dana' })
  expect(second.body.user).toMatchObject({ id: (first.body.user as { id: number }).id, name: 'Dana' })
})

test.each([
  [{ name: { firstName: 'Әсел', lastName: 'Қасымова' } }, 'Әсел Қасымова'],
  [{ first_name: 'Асель', last_name: 'Касымова' }, 'Асель Касымова'],
  ['{"name":{"firstName":"Text","lastName":"Json"}}', 'Text Json'],
  [{ first_name: 'Line\r\nBcc: x' }, 'Line Bcc: x'],
  ['not json', 'Apple User'],
  [{}, 'Apple User'],
])('user_data %j makes the name %s', async (user_data, name) => {
  const { code, cookie } = await apple.visit({ email: address() })
  const { body } = await apple.login({ code, user_data }, cookie)
  expect(body.user).toMatchObject({ name })
})

test('a new shop is called after its owner', async () => {
  const { body } = await apple.enter({ email: address(), name: 'Dana Serik' }, 'shop')
  expect(body.shop).toMatchObject({
    shop_name: "Dana Serik's Shop",
    owner_name: 'Dana Serik',
    is_approved: false,
  })
})

test('a token signed with ES256 and with email_verified as a boolean is as good', async () => {
  const email = `es-${randomUUID().slice(0, 8)}+es256@example.com`
  expect((await apple.enter({ email })).body.user).toMatchObject({ email })
})

test('without an e-mail the address is the relay address of the subject, and the person comes back to it', async () => {
  const email = address('hidden')
  const first = await apple.enter({ email, name: 'Hidden' })
  expect(first.status).toBe(200)
  expect((first.body.user as { email: string }).email).toMatch(
    /^001234\.[0-9a-f]{32}\.1234@privaterelay\.appleid\.com$/,
  )
  const again = await apple.enter({ email })
  expect(again.body.user).toMatchObject({ id: (first.body.user as { id: number }).id })
})

test('an address that was made up never attaches the identity to an account that is there already', async () => {
  const email = address('hidden')
  const digest = createHash('sha256').update(`leema local apple ${email}`).digest('hex')
  const squatted = `001234.${digest.slice(0, 32)}.1234@privaterelay.appleid.com`
  const owner = await app.given.user({ email: squatted })
  const refused = await apple.enter({ email })
  expect(refused.status).toBe(409)
  const row = await app.db
    .selectFrom('identity.accounts')
    .select('apple_id')
    .where('id', '=', owner.account_id)
    .executeTakeFirst()
  expect(row?.apple_id).toBeNull()
})

test('a relay address that Apple gives is used as it is', async () => {
  const { body } = await apple.enter({ email: address('relay') })
  expect((body.user as { email: string }).email).toMatch(/@privaterelay\.appleid\.com$/)
})

test('a verified address of an account gets the identity attached, whatever case it is written in', async () => {
  const user = await app.given.user()
  const entered = await apple.enter({ email: user.email.toUpperCase() })
  expect(entered.body.user).toMatchObject({ id: user.user_id })
  expect(await auditOf(app)).toContain('identity.provider_linked')
})

test('an account that never verified its address is not taken over: 409, and nothing is attached', async () => {
  const email = client.newEmail()
  await client.register({ email })
  const before = await sessions()
  const refused = await apple.enter({ email })
  expect(refused.status).toBe(409)
  expect(refused.body.code).toBe('already_exists')
  expect(await sessions()).toBe(before)
  const row = await app.db
    .selectFrom('identity.accounts')
    .select('apple_id')
    .where('email', '=', email)
    .executeTakeFirst()
  expect(row?.apple_id).toBeNull()
})

test('an address that Apple has not verified is refused', async () => {
  const before = await accounts()
  expect((await apple.enter({ email: address('unverified') })).status).toBe(401)
  expect(await accounts()).toBe(before)
})

test('an account with a second factor is asked for it', async () => {
  const user = await app.given.admin()
  const { status, body } = await apple.enter({ email: user.email })
  expect(status).toBe(200)
  expect(body).toMatchObject({ two_factor_required: true, enrolment_required: true })
  expect(body.access_token).toBeUndefined()
})

test('the code belongs to the browser that began: without its cookie, or with another, it is worth nothing', async () => {
  const before = await sessions()
  const { code } = await apple.visit({ email: address() })
  expect((await apple.login({ code })).status).toBe(401)
  const second = await apple.visit({ email: address() })
  const stranger = await apple.begin()
  expect((await apple.login({ code: second.code }, stranger.cookie)).status).toBe(401)
  expect(await sessions()).toBe(before)
})

test('a code works once, and one that never came through the callback works never', async () => {
  const { code, cookie } = await apple.visit({ email: address() })
  expect((await apple.login({ code }, cookie)).status).toBe(200)
  expect((await apple.login({ code }, cookie)).status).toBe(401)
  const begun = await apple.begin()
  const form = await signInAtApple(begun.body.authorization_url, { email: address() })
  expect((await apple.login({ code: form.code }, begun.cookie)).status).toBe(401)
})

test('a callback with a wrong, used or missing state leads to an error page without any code (A-13)', async () => {
  const begun = await apple.begin()
  const form = await signInAtApple(begun.body.authorization_url, { email: address() })
  for (const state of ['guessed', '']) {
    const { page, location } = await apple.callback({ ...form, state })
    expect(Object.fromEntries(page)).toEqual({ provider: 'apple', error: 'state_invalid' })
    expect(location.startsWith(`${SITE}/callback?`)).toBe(true)
  }
  expect((await apple.callback(form)).page.get('code')).toBe(form.code)
  expect((await apple.callback(form)).page.get('error')).toBe('state_invalid')
})

test('a state sent with the login must be the one of the visit; so must the account type', async () => {
  const one = await apple.visit({ email: address() })
  expect((await apple.login({ code: one.code, state: 'other' }, one.cookie)).status).toBe(401)
  const two = await apple.visit({ email: address() })
  expect((await apple.login({ code: two.code, account_type: 'shop' }, two.cookie)).status).toBe(401)
  const three = await apple.visit({ email: address() })
  expect((await apple.login({ code: three.code, state: three.page.get('state') }, three.cookie)).status).toBe(
    200,
  )
})

test.each([
  [
    'of another visit',
    (mine: Record<string, string>, other: Record<string, string>) => ({
      ...mine,
      id_token: other.id_token ?? '',
    }),
  ],
  [
    'for another code',
    (mine: Record<string, string>, other: Record<string, string>) => ({ ...mine, code: other.code ?? '' }),
  ],
  ['that is no token', (mine: Record<string, string>) => ({ ...mine, id_token: 'a.b.c' })],
])('a form whose id_token is one %s is refused before its code is used', async (_what, change) => {
  const [begun, foreign] = [await apple.begin(), await apple.begin()]
  const mine = await signInAtApple(begun.body.authorization_url, { email: address() })
  const other = await signInAtApple(foreign.body.authorization_url, { email: address() })
  const { page } = await apple.callback(change(mine, other))
  expect(page.get('error')).toBe('provider_credentials_invalid')
  expect(page.get('code')).toBeNull()
})

test('cancelling and errors of Apple lead to the site with one of our own words', async () => {
  expect((await apple.visit({ cancel: '1' })).page.get('error')).toBe('access_denied')
  expect((await apple.visit({ email: 'fail:access@example.com' })).page.get('error')).toBe(
    'provider_credentials_invalid',
  )
})

test('a token endpoint that fails is 503, a refused code 401; no session comes of it', async () => {
  const before = await sessions()
  const failing = await apple.enter({ email: 'fail:token@example.com' })
  expect(failing.status).toBe(503)
  expect(failing.body.code).toBe('unavailable')
  expect((await apple.enter({ email: 'fail:grant@example.com' })).status).toBe(401)
  expect(await sessions()).toBe(before)
})

test('an issuer that does not answer in time is 503', { timeout: 20_000 }, async () => {
  const started = performance.now()
  expect((await apple.enter({ email: 'fail:slow@example.com' })).status).toBe(503)
  expect(performance.now() - started).toBeLessThan(9_900)
})

test('none or both of code and id_token are 400, unknown fields 422', async () => {
  expect((await apple.login({})).status).toBe(400)
  expect((await apple.login({ code: 'a', id_token: 'b' })).status).toBe(400)
  expect((await apple.login({ code: 'a', role: 'admin' })).status).toBe(422)
})

test('the link to Apple is the fixed one: form post, our own redirect, fresh state and nonce; a state of the caller is not used', async () => {
  const [one, two] = [await apple.begin('?state=chosen'), await apple.begin('?account_type=shop')]
  const query = new URL(String(one.body.authorization_url)).searchParams
  expect(Object.fromEntries(query)).toMatchObject({
    client_id: SERVICE_ID,
    redirect_uri: `${SITE}/api/v1/auth/apple/callback`,
    response_type: 'code id_token',
    response_mode: 'form_post',
    scope: 'name email',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(new URL(String(two.body.authorization_url)).searchParams.get('state')).not.toBe(query.get('state'))
  expect(two.body.account_type).toBe('shop')
  expect((await client.get('/auth/apple/url?account_type=admin')).status).toBe(422)
})

test('without keys the endpoints answer 503 and the client configuration says so', async () => {
  const bare = await startTestApp({ env: { ...issuer.environment, APPLE_KEY_ID: '' } })
  try {
    const other = createClient(bare)
    expect((await other.get('/auth/apple/url')).status).toBe(503)
    const login = { id_token: 'x', account_type: 'user', platform: 'web' }
    expect((await other.post('/auth/apple/login', login)).status).toBe(503)
    expect((await createAppleClient(bare, other).callback({ code: 'x' })).status).toBe(503)
    expect((await other.get('/config')).body.sign_in).toEqual({ google: true, apple: false, telegram: false })
    expect((await client.get('/config')).body.sign_in).toEqual({ google: true, apple: true, telegram: false })
  } finally {
    await bare.stop()
  }
})
