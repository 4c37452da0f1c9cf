import { randomUUID } from 'node:crypto'
import type { TestApp } from '#test/app.ts'
import { ACTORS, type ActorName, type World } from './world.ts'

/** What is sent. Objects are made for the call, by their owner, so that no call feels what another did. */
export type Call = (at: { app: TestApp; world: World; actor: ActorName }) => Promise<Input> | Input
export type Input = {
  params?: Record<string, string | number>
  query?: string
  payload?: object
  headers?: Record<string, string>
  /** Name of the form field of one picture. */
  files?: string
}
export type Expected = Record<ActorName, string>
export type Row = { operation: string; about?: string; call: Call; expected: Expected }

const SIGN_IN = '401 not_authenticated'
const FACTOR = '401 two_factor_required'
const WRONG_TYPE = '403 wrong_account_type'
const GONE = '404 not_found'

const rest = (outcome: string, other: Partial<Expected>): Expected => ({
  // One entry per name of the list.
  ...(Object.fromEntries(ACTORS.map((actor) => [actor, outcome])) as Expected),
  ...other,
})

/** The same for all: the token is not looked at. */
const everyone = (outcome: string) => rest(outcome, {})
/** The same for all whose token is good. */
const anyone = (outcome: string, other: Partial<Expected> = {}) =>
  rest(outcome, { admin_without_second_factor: FACTOR, ...other })
const signedIn = (outcome: string, other: Partial<Expected> = {}) =>
  anyone(outcome, { guest: SIGN_IN, ...other })
const users = (outcome: string, other: Partial<Expected> = {}) =>
  signedIn(outcome, { shop: WRONG_TYPE, other_shop: WRONG_TYPE, ...other })
const shops = (outcome: string, other: Partial<Expected> = {}) =>
  signedIn(WRONG_TYPE, { shop: outcome, other_shop: outcome, ...other })
const admins = (outcome: string) => users('403 admin_only', { admin: outcome })
/** Somebody else's: it does not exist, for an admin neither. */
const onlyUser = (outcome: string) => users(GONE, { user: outcome })
const onlyShop = (outcome: string) => shops(GONE, { shop: outcome })

const API = '/api/v1'
const row = (operation: string, expected: Expected, call: Call = () => ({}), about?: string): Row => {
  const [method, path] = operation.split(' ')
  return {
    operation: `${method} ${path?.startsWith('~') ? path.slice(1) : `${API}${path}`}`,
    expected,
    call,
    ...(about ? { about } : {}),
  }
}
const body =
  (payload: object): Call =>
  () => ({ payload })

const credentials = () => ({
  email: `${randomUUID()}@example.com`,
  password: 'five red umbrellas',
  account_type: 'user',
  platform: 'web',
})
const refreshToken: Call = async ({ world, actor }) => ({
  payload: { refresh_token: (await world.sessionOf(actor === 'guest' ? 'user' : actor)).refresh_token },
})

const AUTH: Row[] = [
  row('POST /auth/register', everyone('201'), () => ({
    payload: { ...credentials(), name: 'Aida', consents: [] },
  })),
  row('POST /auth/login', everyone('401 invalid_credentials'), () => ({ payload: credentials() })),
  row('POST /auth/refresh', rest('200', { admin_without_second_factor: '401 token_revoked' }), refreshToken),
  row('POST /auth/logout', everyone('200'), refreshToken),
  row('POST /auth/email/verification', signedIn('409 already_exists', { unverified: '202' })),
  row('POST /auth/email/verify', anyone('400 bad_request'), body({ token: 'nobody-was-sent-this' })),
  row('POST /auth/password/forgot', everyone('202'), () => ({ payload: { email: credentials().email } })),
  row('POST /auth/password/reset', everyone('400 bad_request'), () => ({
    payload: { token: randomUUID(), password: 'six green umbrellas' },
  })),
  row(
    'POST /auth/password/change',
    signedIn('401 invalid_credentials'),
    body({ current_password: 'five red umbrellas', password: 'six green umbrellas' }),
  ),
  row('GET /auth/sessions', signedIn('200')),
  row('DELETE /auth/sessions/{id}', signedIn(GONE, { user: '200' }), async ({ world }) => ({
    params: { id: (await world.sessionOf('user')).public_id },
  })),
  row('POST /auth/logout-all', signedIn('200')),
  row('POST /auth/ws-ticket', users('200'), body({ client_type: 'user' }), 'for a user'),
  row('POST /auth/ws-ticket', shops('200'), body({ client_type: 'shop' }), 'for a shop'),
  row('POST /auth/ws-ticket', admins('200'), body({ client_type: 'admin' }), 'for an admin'),
  row('POST /auth/2fa/setup', signedIn('200')),
  row('POST /auth/2fa/enable', signedIn('401 invalid_code'), body({ code: '000000' })),
  row('POST /auth/2fa/verify', everyone(SIGN_IN), body({ pre_auth_token: 'forged', code: '000000' })),
  row(
    'POST /auth/2fa/disable',
    signedIn('409 invalid_state', { admin: '403 admin_only' }),
    body({ code: '000000' }),
  ),
  row('POST /auth/step-up', signedIn('401 invalid_credentials'), body({ password: 'five red umbrellas' })),
  row('GET /auth/google/url', everyone('200')),
  row('GET /auth/google/callback', everyone('302'), () => ({ query: '?code=forged&state=forged' })),
  row(
    'POST /auth/google/login',
    everyone('401 provider_credentials_invalid'),
    body({ id_token: 'forged', account_type: 'user', platform: 'web' }),
  ),
  row('POST /auth/exchange', everyone('401 provider_credentials_invalid'), body({ login_code: 'forged' })),
  row('POST /auth/user/get-or-create-shop', users('200', { unverified: '403 email_unverified' })),
]

const PROFILES: Row[] = [
  row('GET /users/me', users('200')),
  row('PUT /users/me', users('200'), body({ name: 'Somebody' })),
  row('GET /users/me/consents', users('200')),
  row('PUT /users/me/consents', users('200'), body({ document: 'terms', version: '1', accepted: true })),
  row('GET /users/me/balance', users('200')),
  row('GET /users/me/transactions', users('200')),
  row('GET /users/me/history', users('200')),
  row('GET /shops', anyone('200')),
  row('GET /shops/me', shops('200')),
  row('PUT /shops/me', shops('200'), body({ address: 'Abai 1' })),
  row('GET /shops/me/products', shops('200')),
  row('GET /shops/me/transactions', shops('200')),
  row('GET /shops/{shop_id}', anyone('200'), ({ world }) => ({ params: { shop_id: world.shop.shop_id } })),
  row('GET /shops/{shop_id}', anyone(GONE), waitingShop, 'that waits for approval'),
  row('GET /shops/me/audit-logs', shops('200')),
  row('GET /admin/audit-logs', admins('200')),
  row('GET /admin/users', admins('200')),
  row('GET /admin/users/all', admins('200')),
  row('GET /admin/users/{user_id}', admins('200'), ({ world }) => ({
    params: { user_id: world.user.user_id },
  })),
  row('PUT /admin/users/{user_id}/role', admins('200'), async ({ app }) => ({
    params: { user_id: (await app.given.user()).user_id },
    query: '?new_role=admin',
  })),
  row('GET /admin/shops/pending', admins('200')),
  row('POST /admin/shops/{shop_id}/approve', admins('200'), waitingShop),
  row('POST /admin/shops/{shop_id}/reject', admins('200'), async (at) => ({
    ...(await waitingShop(at)),
    payload: { reason: 'The documents are missing' },
  })),
]

async function waitingShop({ app }: { app: TestApp }) {
  return { params: { shop_id: (await app.given.shop({ approved: false, balance: 0 })).shop_id } }
}

const newCategory = () => ({ name: randomUUID(), slug: randomUUID() })
const category: Call = async ({ app }) => {
  const made = await app.db
    .insertInto('catalog.categories')
    .values(newCategory())
    .returning('id')
    .executeTakeFirstOrThrow()
  return { params: { category_id: made.id } }
}
const pending: Call = async ({ app, world }) => ({
  params: { product_id: (await app.given.product({ shop: world.shop, listed: false, images: 0 })).id },
})
const listed: Call = async ({ app, world }) => ({
  params: { product_id: (await app.given.product({ shop: world.shop, admin: world.admin, images: 0 })).id },
})
const ownerAndAdmin = anyone(GONE, { shop: '200', admin: '200' })

const CATALOGUE: Row[] = [
  row('GET /categories', anyone('200')),
  row('POST /categories', admins('201'), () => ({ payload: newCategory() })),
  row('GET /categories/{category_id}', anyone('200'), category),
  row('PUT /categories/{category_id}', admins('200'), async (at) => ({
    ...(await category(at)),
    payload: newCategory(),
  })),
  row('DELETE /categories/{category_id}', admins('204'), category),
  row('GET /products', anyone('200')),
  row('GET /products/search', anyone('200')),
  row('POST /products', shops('201'), body({ name: 'Dress', price: 10 })),
  row('GET /products/{product_id}', anyone('200'), listed),
  row('GET /products/{product_id}', ownerAndAdmin, pending, 'that is not listed'),
  row('PUT /products/{product_id}', onlyShop('200'), async (at) => ({
    ...(await listed(at)),
    payload: { price: 11 },
  })),
  row('DELETE /products/{product_id}', onlyShop('200'), listed),
  row('POST /products/upload-images', shops('201'), () => ({ files: 'files' })),
  row('GET /products/{product_id}/reviews', anyone('200'), listed),
  row('GET /products/{product_id}/reviews', ownerAndAdmin, pending, 'of one that is not listed'),
  row('GET /products/{product_id}/reviews/stats', anyone('200'), listed),
  row('GET /products/{product_id}/reviews/stats', ownerAndAdmin, pending, 'of one that is not listed'),
  row('GET /admin/moderation/queue', admins('200')),
  row('POST /admin/moderation/{product_id}/approve', admins('200'), pending),
  row('POST /admin/moderation/{product_id}/reject', admins('200'), pending),
]

const topUp = { amount: 10, payment_type: 'top_up' }
const orderOf: Call = async ({ app, world }) => {
  const headers = await world.authOf('user')
  const url = `${API}/payments/user/top-up`
  const response = await app.http.inject({ method: 'POST', url, headers, payload: topUp })
  return { params: { order_id: response.json().order_id } }
}

const MONEY: Row[] = [
  row(
    'POST /payments/user/top-up',
    users('201', { unverified: '403 email_unverified', admin: '403 admin_topup_on_web' }),
    body(topUp),
  ),
  row('POST /payments/shop/top-up', shops('201'), body(topUp)),
  row('POST /payments/capture/{order_id}', signedIn(GONE, { user: '409 invalid_state' }), orderOf),
  row('GET /payments/paypal/success', anyone('303'), () => ({ query: '?token=unknown' })),
  row('GET /payments/paypal/cancel', anyone('303')),
  row('POST /payments/paypal/webhook', anyone('400 bad_request'), () => ({
    payload: { id: `WH-${randomUUID()}`, event_type: 'PAYMENT.CAPTURE.COMPLETED' },
  })),
]

/** A picture that the user has asked for, waiting in the queue, or as if it had ended this way. */
const generation =
  (ended?: 'succeeded' | 'cancelled'): Call =>
  async ({ app, world }) => {
    const { account_id, user_id } = world.user
    const ending = ended && {
      status: ended,
      finished_at: app.clock.now(),
      image_key: ended === 'succeeded' ? (await app.given.picture(account_id, 'person')).storage_key : null,
    }
    const made = await app.db
      .insertInto('studio.generations')
      .values({
        user_id,
        type: 'generation',
        mode: 'generate',
        prompt: 'red dress',
        aspect_ratio: '2:3',
        charge_kind: 'none',
        price_cents: 0,
        ...ending,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { params: { generation_id: made.id } }
  }
const item: Call = async ({ app, world }) => {
  const made = await app.db
    .insertInto('wardrobe.items')
    .values({ user_id: world.user.user_id, source: 'uploaded', name: 'Coat' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { params: { wardrobe_id: made.id } }
}
/** Of a picture of the caller, and of one of the user's. */
const tryOn =
  (whose: 'own' | 'the user’s'): Call =>
  async ({ app, world, actor }) => {
    const { account_id } = whose === 'own' && actor !== 'guest' ? world.people[actor] : world.user
    const photo = await app.given.picture(account_id, 'person')
    const product = await app.given.product({ shop: world.shop, admin: world.admin })
    return { payload: { product_id: product.id, user_image_url: photo.url } }
  }

const PICTURES: Row[] = [
  row('GET /media/person-photos', users('200')),
  row('POST /media/person-photos', users('201'), () => ({ files: 'file' })),
  row('GET /studio/sample-people', users('200')),
  row('POST /generations/try-on', users('202'), tryOn('own')),
  row(
    'POST /generations/try-on',
    users('422 validation_failed', { user: '202' }),
    tryOn('the user’s'),
    'with a foreign photo',
  ),
  row('POST /generations/generate', users('202'), body({ prompt: 'red dress' })),
  row('GET /generations/{generation_id}', onlyUser('200'), generation()),
  row('POST /generations/{generation_id}/cancel', onlyUser('200'), generation()),
  row('DELETE /generations/{generation_id}', onlyUser('200'), generation('cancelled')),
  row('GET /wardrobe', users('200')),
  row('GET /wardrobe/{wardrobe_id}', onlyUser('200'), item),
  row('DELETE /wardrobe/{wardrobe_id}', onlyUser('200'), item),
  row('POST /wardrobe/from-generation/{generation_id}', onlyUser('201'), generation('succeeded')),
]

const SYSTEM: Row[] = [
  row('GET /settings/public', anyone('200')),
  row('GET /config', anyone('200')),
  row('GET ~/health', anyone('200')),
  row('GET ~/health/ready', anyone('200')),
  row('GET ~/.well-known/jwks.json', anyone('200')),
]

export const MATRIX: Row[] = [...AUTH, ...PROFILES, ...CATALOGUE, ...MONEY, ...PICTURES, ...SYSTEM]
