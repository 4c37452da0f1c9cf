import { randomUUID } from 'node:crypto'
import {
  API,
  admins,
  anyone,
  body,
  type Call,
  GONE,
  onlyShop,
  onlyUser,
  type Row,
  row,
  shops,
  signedIn,
  users,
} from './access-expectations.ts'

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

export const CATALOGUE: Row[] = [
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

export const MONEY: Row[] = [
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

export const PICTURES: Row[] = [
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

/** Asked for by somebody who has left since. */
const approval: Call = async ({ app }) => {
  const asked_at = app.clock.now()
  const made = await app.db
    .insertInto('approvals.approvals')
    .values({
      kind: 'settings.change',
      payload: '{}',
      asked_by: 999_999_999,
      asked_at,
      expires_at: new Date(asked_at.getTime() + 60_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { params: { approval_id: made.id } }
}

/** Settings, and changes that two persons must agree on. */
export const STAFF: Row[] = [
  row('GET /admin/settings', admins('200')),
  row('GET /admin/settings/{key}/history', admins('200'), () => ({ params: { key: 'rent_notice_days' } })),
  row('PUT /admin/settings/{key}', admins('200'), () => ({
    params: { key: 'rent_notice_days' },
    payload: { key: 'rent_notice_days', value: '4' },
  })),
  row('GET /admin/approvals', admins('200')),
  row('POST /admin/approvals/{approval_id}/approve', admins('409 invalid_state'), approval),
  row('POST /admin/approvals/{approval_id}/reject', admins('200'), async (at) => ({
    ...(await approval(at)),
    payload: { reason: 'Too early' },
  })),
  row('POST /admin/approvals/{approval_id}/withdraw', admins('403 not_owner'), approval),
]

export const SYSTEM: Row[] = [
  row('GET /settings/public', anyone('200')),
  row('GET /config', anyone('200')),
  row('GET ~/health', anyone('200')),
  row('GET ~/health/ready', anyone('200')),
  row('GET ~/.well-known/jwks.json', anyone('200')),
]
