import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { createBrowser, SITE, signedIn } from '../sessions/cookie-browser-test-support.ts'
import { auditOf, type Client, createClient } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp({ env: { SITE_URL: SITE } })
  client = createClient(app)
})
afterAll(() => app.stop())

test('a verified user gets an own shop and a session that acts as it; asking again gives the same shop', async () => {
  const user = await app.given.user({ name: 'Aida' })
  const ask = () => client.post('/auth/user/get-or-create-shop', undefined, { token: user.token })
  const { status, body } = await ask()
  expect(status).toBe(200)
  expect(body).toMatchObject({
    account_type: 'shop',
    platform: 'web',
    user: null,
    shop: { shop_name: "Aida's Shop", owner_name: 'Aida', is_approved: false },
  })
  const again = (await ask()).body
  expect(again.shop).toEqual(body.shop)
  expect((await client.get('/shops/me', String(body.access_token))).body).toEqual(body.shop)
  expect((await client.get('/users/me', user.token)).status).toBe(200)
})

test('of five requests for a shop at the same time one creates it', async () => {
  const user = await app.given.user()
  const replies = await Promise.all(
    Array.from({ length: 5 }, () =>
      client.post('/auth/user/get-or-create-shop', undefined, { token: user.token }),
    ),
  )
  expect(replies.map((reply) => reply.status)).toEqual(Array(5).fill(200))
  const shops = await app.db
    .selectFrom('identity.shops')
    .select('id')
    .where('account_id', '=', user.account_id)
    .execute()
  expect(shops).toHaveLength(1)
})

test('without a verified address nobody becomes a shop (A-17)', async () => {
  const user = await app.given.user({ verified: false })
  expect(
    (await client.post('/auth/user/get-or-create-shop', undefined, { token: user.token })).body,
  ).toMatchObject({ status: 403, code: 'email_unverified' })
  const shops = await app.db
    .selectFrom('identity.shops')
    .select('id')
    .where('account_id', '=', user.account_id)
    .execute()
  expect(shops).toEqual([])
})

test('a shop acts as its owner’s user profile, made with free credits when there is none; asking again gives the same', async () => {
  const shop = await app.given.shop()
  const ask = () => client.post('/auth/shop/get-or-create-user', undefined, { token: shop.token })
  const { status, body } = await ask()
  expect(status).toBe(200)
  expect(body).toMatchObject({
    account_type: 'user',
    shop: null,
    user: { name: 'Dana', email: shop.email, role: 'user', balance: 0, free_try_ons_left: 5 },
  })
  const again = (await ask()).body
  expect(again.user).toEqual(body.user)
  const token = String(body.access_token)
  expect((await client.get('/users/me', token)).body).toEqual(body.user)
  expect((await client.get('/shops/me', token)).status).toBe(403)
  expect((await client.get('/shops/me', shop.token)).status).toBe(200)
})

test('of twenty requests for a user profile at the same time one creates it', async () => {
  const shop = await app.given.shop()
  const ask = () => client.post('/auth/shop/get-or-create-user', undefined, { token: shop.token })
  const replies = await Promise.all(Array.from({ length: 20 }, ask))
  expect(replies.map((reply) => reply.status)).toEqual(Array(20).fill(200))
  const { rows } = await sql`
    select (select count(*)::int from identity.users where account_id = ${shop.account_id}) as users,
      (
        select count(*)::int from wallet.accounts a
        join identity.users u on u.id = a.user_id where u.account_id = ${shop.account_id}
      ) as wallets`.execute(app.db)
  expect(rows).toEqual([{ users: 1, wallets: 1 }])
})

test('a session that ended opens no other', async () => {
  const shop = await app.given.shop()
  await client.post('/auth/logout-all', undefined, { token: shop.token })
  expect(
    (await client.post('/auth/shop/get-or-create-user', undefined, { token: shop.token })).body.code,
  ).toBe('token_revoked')
})

test('in a browser the new session takes the place of the old one, there and back; phones keep both', async () => {
  const { browser, csrf } = await signedIn(app)
  await app.db.updateTable('identity.accounts').set({ email_verified_at: app.clock.now() }).execute()
  const first = new Map(browser.cookies)
  const to_shop = await browser.call('POST', '/auth/user/get-or-create-shop', {
    headers: { 'x-csrf-token': csrf },
  })
  expect(to_shop.status).toBe(200)
  expect((await auditOf(app)).slice(-2)).toEqual(['identity.session_revoked', 'identity.signed_in'])
  expect((await browser.call('GET', '/shops/me')).status).toBe(200)
  const stale = createBrowser(app)
  for (const [name, value] of first) stale.cookies.set(name, value)
  expect((await stale.call('GET', '/users/me')).body.code).toBe('token_revoked')
  const back = await browser.call('POST', '/auth/shop/get-or-create-user', {
    headers: { 'x-csrf-token': String(to_shop.body.csrf_token) },
  })
  expect(back.status).toBe(200)
  expect((await browser.call('GET', '/auth/sessions')).response.json()).toHaveLength(1)
})

test('log-out ends what a switch made of the session, on phones too, and so does a refresh token that comes back (A-07)', async () => {
  for (const end of ['log-out', 'reuse'] as const) {
    const email = client.newEmail()
    const signed = (await client.register({ email, account_type: 'shop' })).body
    const user = (
      await client.post('/auth/shop/get-or-create-user', undefined, { token: String(signed.access_token) })
    ).body
    expect((await client.get('/users/me', String(user.access_token))).status).toBe(200)
    if (end === 'reuse') await client.refresh(signed.refresh_token)
    if (end === 'log-out') await client.post('/auth/logout', { refresh_token: signed.refresh_token })
    else expect((await client.refresh(signed.refresh_token)).status).toBe(401)
    expect((await client.get('/users/me', String(user.access_token))).body.code, end).toBe('token_revoked')
    expect((await client.refresh(user.refresh_token)).status, end).toBe(401)
  }
})

test('another sign-in of the same person is another family and goes on', async () => {
  const email = client.newEmail()
  const signed = (await client.register({ email, account_type: 'shop' })).body
  const elsewhere = (await client.login({ email, account_type: 'shop' }, { ip: '10.3.0.1' })).body
  await client.post('/auth/shop/get-or-create-user', undefined, { token: String(signed.access_token) })
  await client.post('/auth/logout', { refresh_token: signed.refresh_token })
  expect((await client.get('/shops/me', String(elsewhere.access_token))).status).toBe(200)
})

test('a switch makes no session younger or longer: however often there and back, it ends with the sign-in', async () => {
  const shop = await app.given.shop()
  const ends = async (token: string) => {
    const { session_id } = await app.authenticate(token).then((actor) => {
      if (actor.kind === 'guest') throw new Error('nobody')
      return actor
    })
    return app.db
      .selectFrom('identity.sessions')
      .select(['expires_at', 'authenticated_at'])
      .where('id', '=', session_id)
      .executeTakeFirstOrThrow()
  }
  const first = await ends(shop.token)
  app.clock.advance(10 * 60_000)
  const user = await client.post('/auth/shop/get-or-create-user', undefined, { token: shop.token })
  expect(await ends(String(user.body.access_token))).toEqual(first)
})

test('an admin without a second factor keeps the shop’s session instead of getting one that may do nothing', async () => {
  const shop = await app.given.shop()
  const made = await client.post('/auth/shop/get-or-create-user', undefined, { token: shop.token })
  const { id } = made.body.user as { id: number }
  await app.db.updateTable('identity.users').set({ role: 'admin' }).where('id', '=', id).execute()
  const refused = await client.post('/auth/shop/get-or-create-user', undefined, { token: shop.token })
  expect([refused.status, refused.body.code]).toEqual([401, 'two_factor_required'])
  expect((await client.get('/shops/me', shop.token)).status).toBe(200)
})

test('whatever a script of the page leaves out of the request, a session in cookies gives no tokens away (W-03)', async () => {
  const { browser, csrf } = await signedIn(app)
  await app.db.updateTable('identity.accounts').set({ email_verified_at: app.clock.now() }).execute()
  const { status, body } = await browser.call('POST', '/auth/user/get-or-create-shop', {
    headers: { 'x-csrf-token': csrf, 'x-client-session': '' },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ csrf_token: expect.any(String), account_type: 'shop' })
  expect(JSON.stringify(body)).not.toMatch(/eyJ/)
})

test('free credits are given once, however often the user profile is erased and made anew', async () => {
  const shop = await app.given.shop()
  const become = async () =>
    (await client.post('/auth/shop/get-or-create-user', undefined, { token: shop.token })).body
  const first = await become()
  expect(first.user).toMatchObject({ free_try_ons_left: 5, free_generations_left: 3 })
  const erased = await client.call('DELETE', '/users/me', {
    token: String(first.access_token),
    payload: { confirm: true },
  })
  expect(erased.status).toBe(202)
  expect((await become()).user).toMatchObject({ free_try_ons_left: 0, free_generations_left: 0 })
})
