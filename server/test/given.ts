import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import type { App } from '#app/compose.ts'
import { createProduct } from '#domains/catalog/public.ts'
import { createAccount, openSession } from '#domains/identity/public.ts'
import { mediaUrl, storePicture } from '#domains/media/public.ts'
import { approveProduct } from '#domains/moderation/public.ts'
import { adjustBalance } from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import type { Clock } from '#kernel/time.ts'

export type GivenUser = {
  account_id: number
  user_id: number
  email: string
  token: string
  actor: UserActor
  auth: { authorization: string }
}
export type GivenShop = {
  account_id: number
  shop_id: number
  email: string
  token: string
  actor: ShopActor
  auth: { authorization: string }
}

export const TEST_CALL: CallContext = { request_id: 'test', ip: '127.0.0.1', user_agent: 'test' }

type UserOptions = {
  email?: string
  name?: string
  balance?: number
  verified?: boolean
  role?: 'user' | 'admin'
}
type ShopOptions = { email?: string; shop_name?: string; approved?: boolean; balance?: number }
type ProductOptions = {
  shop: GivenShop
  name?: string
  price?: number
  listed?: boolean
  admin?: GivenUser
  category_id?: number
  images?: number
  /** Instead of one-coloured pictures. */
  picture?: Buffer
}

export type Given = ReturnType<typeof createGiven>

/** Named builders: each makes one thing through the use cases of the platform and returns it with what a test needs. */
export function createGiven(app: App, clock: Clock) {
  const unique = () => randomBytes(4).toString('hex')
  const actorOf = async (token: string) => app.authenticate(token)

  async function user(options: UserOptions = {}): Promise<GivenUser> {
    const email = options.email ?? `user-${unique()}@example.com`
    const account = await createAccount(app.identity, {
      email,
      name: options.name ?? 'Aida',
      account_types: ['user'],
      locale: 'ru',
    })
    if (account.user_id === null) throw new Error('no user profile')
    if (options.role === 'admin') await setRole(account.user_id)
    if (options.verified === false)
      await app.db
        .updateTable('identity.accounts')
        .set({ email_verified_at: null })
        .where('id', '=', account.account_id)
        .execute()
    const token = await signIn(
      account.account_id,
      'user',
      options.role === 'admin' ? ['pwd', 'otp'] : ['pwd'],
    )
    const actor = await actorOf(token)
    if (actor.kind !== 'user') throw new Error('not a user')
    const made = {
      account_id: account.account_id,
      user_id: account.user_id,
      email,
      token,
      actor,
      auth: { authorization: `Bearer ${token}` },
    }
    if (options.balance) await fill({ user_id: made.user_id }, options.balance)
    return made
  }

  async function setRole(user_id: number): Promise<void> {
    await app.db.updateTable('identity.users').set({ role: 'admin' }).where('id', '=', user_id).execute()
  }

  async function shop(options: ShopOptions = {}): Promise<GivenShop> {
    const email = options.email ?? `shop-${unique()}@example.com`
    const shop_name = options.shop_name ?? 'Tulpar'
    const account = await createAccount(app.identity, {
      email,
      name: 'Dana',
      shop_name,
      account_types: ['shop'],
      locale: 'ru',
    })
    if (account.shop_id === null) throw new Error('no shop profile')
    if (options.approved !== false)
      await app.db
        .updateTable('identity.shops')
        .set({ is_approved: true })
        .where('id', '=', account.shop_id)
        .execute()
    const token = await signIn(account.account_id, 'shop', ['pwd'])
    const actor = await actorOf(token)
    if (actor.kind !== 'shop') throw new Error('not a shop')
    if (options.balance !== 0) await fill({ shop_id: account.shop_id }, options.balance ?? 10_000)
    return {
      account_id: account.account_id,
      shop_id: account.shop_id,
      email,
      token,
      actor,
      auth: { authorization: `Bearer ${token}` },
    }
  }

  async function signIn(
    account_id: number,
    account_type: 'user' | 'shop',
    amr: ('pwd' | 'otp')[],
  ): Promise<string> {
    const opened = await inTransaction(app.db, (tx) =>
      openSession(tx, app.identity, { account_id, account_type, platform: 'web', amr, call: TEST_CALL }),
    )
    return opened.tokens.access_token
  }

  /** `cents` onto a wallet. */
  async function fill(owner: { user_id: number } | { shop_id: number }, cents: number): Promise<void> {
    await adjustBalance(
      { db: app.db, clock },
      { actor: { kind: 'guest' }, call: TEST_CALL },
      { owner, amount_cents: cents, reason: 'given by a test' },
    )
  }

  /** A stored picture of an account; 600 × 800, one colour unless bytes are given. */
  async function picture(owner_account_id: number, kind: 'product' | 'person', bytes?: Buffer) {
    const image =
      bytes ??
      (await sharp({ create: { width: 600, height: 800, channels: 3, background: '#a06040' } })
        .jpeg()
        .toBuffer())
    const file = await storePicture(app.media, { owner_account_id, kind, bytes: image })
    return { ...file, url: mediaUrl(app.media, file) }
  }

  async function product(options: ProductOptions) {
    const count = options.images ?? 1
    const pictures = await Promise.all(
      Array.from({ length: count }, () => picture(options.shop.account_id, 'product', options.picture)),
    )
    const input = {
      name: options.name ?? 'Shirt',
      price: options.price ?? 19.99,
      image_urls: pictures.map((file) => file.url),
      ...(options.category_id === undefined ? {} : { category_id: options.category_id }),
    }
    const made = await createProduct(app.catalog, options.shop.actor, input)
    if (options.listed === false) return made
    const admin = options.admin ?? (await user({ role: 'admin' }))
    return approveProduct(app.media, admin.actor, { product_id: made.id, notes: null, call: TEST_CALL })
  }

  return {
    user,
    shop,
    admin: (options: UserOptions = {}) => user({ ...options, role: 'admin' }),
    product,
    picture,
    fill,
  }
}
