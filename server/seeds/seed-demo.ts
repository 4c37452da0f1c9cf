import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '#app/compose.ts'
import { createCategory, createProduct, insertReview } from '#domains/catalog/public.ts'
import {
  approveShop,
  createAccount,
  enrolAccount,
  makeAdmin,
  updateMyShop,
} from '#domains/identity/public.ts'
import { linkMedia, mediaUrl, storePicture } from '#domains/media/public.ts'
import { approveProduct, rejectProduct } from '#domains/moderation/public.ts'
import { addSamplePerson, keepExactCut } from '#domains/studio/public.ts'
import { adjustBalance } from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { centsToWire } from '#kernel/money.ts'
import { after, DAY_MS } from '#kernel/time.ts'
import { seedShops } from './catalogue/shops.ts'
import type { SeedCard, SeedShop } from './catalogue/types.ts'
import { seedCards, seedCategories, seedReviewers } from './catalogue.ts'
import { kindOnlyCut, readSeedCut } from './cuts.ts'
import { type DemoAccount, demoAccounts, saveDemoAccounts } from './demo-accounts.ts'
import { samplePeople } from './people.ts'

const CALL: CallContext = { request_id: 'seed-demo', ip: null, user_agent: 'seed-demo' }
const PICTURES = new URL('pictures/', import.meta.url)
const BUYER_CENTS = 25_000
const SHOP_CENTS = 60_000
/** Pictures are decoded and encoded by libvips in its own threads; more at once gains nothing on two cores. */
const CARDS_AT_ONCE = 3
/** Reviews of one card lie this far apart. */
const REVIEW_STEP_MS = 5 * DAY_MS

type Seed = { app: App; say: (line: string) => void; admin: UserActor; accounts: DemoAccount[] }

/**
 * Fills an empty platform with the demo, through the same use cases that people use. May be run again: what is there
 * already stays as it is, and a run that stopped half-way is finished.
 */
export async function seedDemo(app: App, say: (line: string) => void): Promise<void> {
  const file = join(app.config.data_folder, 'demo-accounts.json')
  const accounts = demoAccounts(file)
  const admin = await seedAdmin(app, accounts)
  saveDemoAccounts(file, accounts)
  const seed: Seed = { app, say, admin, accounts }
  const categories = await seedAllCategories(seed)
  const shops = await seedAllShops(seed)
  const reviewers = await seedPeople(seed)
  await seedAllCards(seed, { categories, shops, reviewers })
  await seedSamplePeople(seed)
}

async function seedAdmin(app: App, accounts: DemoAccount[]): Promise<UserActor> {
  const account = accounts.find(({ role }) => role === 'admin')
  if (!account) throw new Error('demo-accounts.json has no admin')
  const known = await findPerson(app, account.email)
  const ids = known ?? (await createPerson(app, account, 'Дана Әкімші'))
  if (account.totp_secret === undefined)
    account.totp_secret = await enrolAccount(app.identity, ids.account_id)
  await makeAdmin(app.identity, account.email)
  return { kind: 'user', role: 'admin', ...ids, ...UNBOUND }
}

/** The seed acts without a session: nothing it calls looks at one. */
const UNBOUND = { session_id: 0, platform: 'web', email_verified: true } as const

async function createPerson(app: App, account: Pick<DemoAccount, 'email' | 'password'>, name: string) {
  const made = await createAccount(app.identity, { ...account, name, account_types: ['user'], locale: 'ru' })
  if (made.user_id === null) throw new Error('the new account has no user')
  return { account_id: made.account_id, user_id: made.user_id }
}

async function findPerson(app: App, email: string) {
  const row = await app.db
    .selectFrom('identity.v_users')
    .select(['account_id', 'id as user_id'])
    .where('email', '=', email)
    .executeTakeFirst()
  return row
}

async function seedAllCategories({ app, admin }: Seed): Promise<Map<string, number>> {
  const known = await app.db.selectFrom('catalog.categories').select(['slug', 'id']).execute()
  const ids = new Map(known.map(({ slug, id }) => [slug, id]))
  for (const { slug, name, description, parent, order } of seedCategories) {
    if (ids.has(slug)) continue
    const parent_id = parent === null ? null : (ids.get(parent) ?? null)
    const made = await createCategory(app.catalog, admin, {
      values: { slug, name, description, parent_id, order },
      call: CALL,
    })
    ids.set(slug, made.id)
  }
  return ids
}

async function seedAllShops(seed: Seed): Promise<Map<string, ShopActor>> {
  const actors = new Map<string, ShopActor>()
  const owners = seed.accounts.filter(({ role }) => role === 'shop')
  for (const [index, shop] of seedShops.entries()) {
    const account = owners[index]
    if (!account) throw new Error('demo-accounts.json lacks a shop')
    actors.set(shop.key, await seedShop(seed, shop, account))
  }
  return actors
}

/** Each part is made when it is missing: account, profile and approval, opening balance. */
async function seedShop({ app, admin }: Seed, shop: SeedShop, account: DemoAccount): Promise<ShopActor> {
  const { key: _, shop_name, owner_name, ...profile } = shop
  const known = await app.db
    .selectFrom('identity.v_shop_contacts')
    .innerJoin('identity.v_shops', 'identity.v_shops.id', 'shop_id')
    .select(['shop_id', 'account_id', 'is_approved'])
    .where('email', '=', account.email)
    .executeTakeFirst()
  const { email, password } = account
  const made =
    known ??
    (await createAccount(app.identity, {
      email,
      password,
      name: owner_name,
      shop_name,
      account_types: ['shop'],
      locale: 'ru',
    }))
  if (made.shop_id === null) throw new Error('the new account has no shop')
  const actor: ShopActor = { kind: 'shop', account_id: made.account_id, shop_id: made.shop_id, ...UNBOUND }
  if (!known?.is_approved) {
    await updateMyShop(app.identity, actor, profile)
    await approveShop(app.identity, admin, { shop_id: actor.shop_id, call: CALL })
  }
  await openingBalance(app, admin, { owner: { shop_id: actor.shop_id }, amount_cents: SHOP_CENTS })
  return actor
}

type Opening = { owner: Parameters<typeof adjustBalance>[2]['owner']; amount_cents: number }

/** Money to begin with, once. */
async function openingBalance(app: App, admin: UserActor, opening: Opening): Promise<void> {
  const { user_id = null, shop_id = null } = opening.owner
  const booked = await app.db
    .selectFrom('wallet.v_transactions')
    .select('id')
    .where('type', '=', 'ADJUSTMENT')
    .where((eb) => (user_id === null ? eb('shop_id', '=', shop_id) : eb('user_id', '=', user_id)))
    .executeTakeFirst()
  if (!booked)
    await adjustBalance(app, { actor: admin, call: CALL }, { ...opening, reason: 'Demo: opening balance' })
}

/** The buyer with money in the wallet, and the people whose reviews are shown. */
async function seedPeople({ app, admin, accounts }: Seed): Promise<number[]> {
  const buyer = accounts.find(({ role }) => role === 'buyer')
  if (buyer) {
    const { user_id } = (await findPerson(app, buyer.email)) ?? (await createPerson(app, buyer, 'Аида'))
    await openingBalance(app, admin, { owner: { user_id }, amount_cents: BUYER_CENTS })
  }
  const ids: number[] = []
  for (const [index, name] of seedReviewers.entries()) {
    const email = `reader-${index + 1}@demo.leema.kz`
    const known = await findPerson(app, email)
    const made =
      known ?? (await createAccount(app.identity, { email, name, account_types: ['user'], locale: 'ru' }))
    if (made.user_id !== null) ids.push(made.user_id)
  }
  return ids
}

type World = { categories: Map<string, number>; shops: Map<string, ShopActor>; reviewers: number[] }

async function seedAllCards(seed: Seed, world: World): Promise<void> {
  const known = await seed.app.db
    .selectFrom('catalog.v_products')
    .select(['id', 'shop_id', 'name', 'moderation_status', 'reviews_count'])
    .execute()
  const there = new Map(known.map((product) => [`${product.shop_id}:${product.name}`, product]))
  const waiting = mixed(seedCards)
  let done = 0
  const next = async (): Promise<void> => {
    for (let card = waiting.pop(); card; card = waiting.pop()) {
      await seedCard(seed, world, card, there.get(`${world.shops.get(card.shop)?.shop_id}:${card.name}`))
      done += 1
      if (done % 10 === 0) seed.say(`demo: ${done} cards`)
    }
  }
  await Promise.all(Array.from({ length: CARDS_AT_ONCE }, next))
}

/** Always in the same order, but with the shops and kinds of garments side by side, as in a market that has grown. */
function mixed(cards: readonly SeedCard[]): SeedCard[] {
  const key = ({ slug }: SeedCard) => createHash('sha256').update(slug).digest('hex')
  return [...cards].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

type Known = { id: number; moderation_status: string; reviews_count: number }

/** Each part is made when it is missing: the card, the decision about it, its reviews. */
async function seedCard(seed: Seed, world: World, card: SeedCard, known: Known | undefined): Promise<void> {
  const { app, admin } = seed
  const product = known ?? { ...(await createSeedCard(seed, world, card)), reviews_count: 0 }
  const { status, notes } = card.moderation
  if (product.moderation_status === 'pending') {
    const decision = { product_id: product.id, notes, call: CALL }
    if (status === 'approved') await approveProduct(app.media, admin, decision)
    if (status === 'rejected') await rejectProduct(app.media, admin, decision)
  }
  if (product.reviews_count === 0) await seedReviews(app, product.id, { card, reviewers: world.reviewers })
}

async function createSeedCard({ app }: Seed, world: World, card: SeedCard) {
  const shop = world.shops.get(card.shop)
  if (!shop) throw new Error(`no shop ${card.shop}`)
  const image_urls: string[] = []
  for (const index of card.pictures.keys()) {
    const bytes = readFileSync(new URL(`${card.slug}-${index + 1}.webp`, PICTURES))
    const file = await storePicture(app.media, { owner_account_id: shop.account_id, kind: 'product', bytes })
    image_urls.push(mediaUrl(app.media, file))
    if (index === 0) await seedCut(app, card, file.storage_key)
  }
  const { name, description } = card
  const category_id = world.categories.get(card.category) ?? null
  const characteristics = { ...card.characteristics }
  const price = centsToWire(card.price_cents)
  return createProduct(app.catalog, shop, {
    name,
    description,
    price,
    category_id,
    characteristics,
    image_urls,
  })
}

/** Our own pictures come with exact outlines, so that the first try-on of each is quick and sharp. */
async function seedCut(app: App, card: SeedCard, image_key: string): Promise<void> {
  const type = card.pictures[0]?.wish.type ?? ''
  const cut = (await readSeedCut(card.slug)) ?? (await kindOnlyCut(type))
  await inTransaction(app.db, (tx) => keepExactCut(tx, image_key, cut))
}

/** All of a card's reviews at once, so that a card has none or all. */
async function seedReviews(
  app: App,
  product_id: number,
  { card, reviewers }: { card: SeedCard; reviewers: number[] },
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    for (const [index, { rating, comment }] of card.reviews.entries()) {
      const user_id = reviewers[(product_id + index) % reviewers.length]
      const created_at = after(app.clock.now(), -(index + 1) * REVIEW_STEP_MS)
      if (user_id !== undefined) await insertReview(tx, { user_id, product_id, rating, comment, created_at })
    }
  })
}

async function seedSamplePeople({ app }: Seed): Promise<void> {
  const known = await app.db.selectFrom('studio.sample_people').select('name').execute()
  const there = new Set(known.map(({ name }) => name))
  for (const [order, { name, file }] of samplePeople.entries()) {
    if (there.has(name)) continue
    const picture = await storePicture(app.media, {
      owner_account_id: null,
      kind: 'person',
      bytes: readFileSync(file),
    })
    await inTransaction(app.db, async (tx) => {
      await linkMedia(tx, [picture.storage_key], app.clock.now())
      await addSamplePerson(tx, { name, person_key: picture.storage_key, order })
    })
  }
}
