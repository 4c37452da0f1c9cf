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
import type { SeedCard } from './catalogue/types.ts'
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
  const { app, admin, accounts } = seed
  const actors = new Map<string, ShopActor>()
  const owners = accounts.filter(({ role }) => role === 'shop')
  for (const [index, { key, shop_name, owner_name, ...profile }] of seedShops.entries()) {
    const account = owners[index]
    if (!account) throw new Error('demo-accounts.json lacks a shop')
    const known = await app.db
      .selectFrom('identity.v_shop_contacts')
      .innerJoin('identity.v_shops', 'identity.v_shops.id', 'shop_id')
      .select(['shop_id', 'account_id'])
      .where('email', '=', account.email)
      .executeTakeFirst()
    if (known) {
      actors.set(key, { kind: 'shop', ...known, ...UNBOUND })
      continue
    }
    const made = await createAccount(app.identity, {
      email: account.email,
      password: account.password,
      name: owner_name,
      shop_name,
      account_types: ['shop'],
      locale: 'ru',
    })
    if (made.shop_id === null) throw new Error('the new account has no shop')
    const actor: ShopActor = { kind: 'shop', account_id: made.account_id, shop_id: made.shop_id, ...UNBOUND }
    await updateMyShop(app.identity, actor, profile)
    await approveShop(app.identity, admin, { shop_id: made.shop_id, call: CALL })
    await adjustBalance(
      app,
      { actor: admin, call: CALL },
      { owner: { shop_id: made.shop_id }, amount_cents: SHOP_CENTS, reason: 'Demo: opening balance' },
    )
    actors.set(key, actor)
  }
  return actors
}

/** The buyer with money in the wallet, and the people whose reviews are shown. */
async function seedPeople({ app, admin, accounts }: Seed): Promise<number[]> {
  const buyer = accounts.find(({ role }) => role === 'buyer')
  if (buyer && !(await findPerson(app, buyer.email))) {
    const { user_id } = await createPerson(app, buyer, 'Аида')
    await adjustBalance(
      app,
      { actor: admin, call: CALL },
      { owner: { user_id }, amount_cents: BUYER_CENTS, reason: 'Demo: opening balance' },
    )
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
  const known = await seed.app.db.selectFrom('catalog.v_products').select(['shop_id', 'name']).execute()
  const there = new Set(known.map(({ shop_id, name }) => `${shop_id}:${name}`))
  const waiting = mixed(seedCards).filter(
    (card) => !there.has(`${world.shops.get(card.shop)?.shop_id}:${card.name}`),
  )
  let done = 0
  const next = async (): Promise<void> => {
    for (let card = waiting.pop(); card; card = waiting.pop()) {
      await seedCard(seed, world, card)
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

async function seedCard({ app, admin }: Seed, world: World, card: SeedCard): Promise<void> {
  const shop = world.shops.get(card.shop)
  if (!shop) throw new Error(`no shop ${card.shop}`)
  const image_urls: string[] = []
  for (const index of card.pictures.keys()) {
    const bytes = readFileSync(new URL(`${card.slug}-${index + 1}.webp`, PICTURES))
    const file = await storePicture(app.media, { owner_account_id: shop.account_id, kind: 'product', bytes })
    image_urls.push(mediaUrl(app.media, file))
    if (index === 0) await seedCut(app, card, file.storage_key)
  }
  const { name, description, moderation } = card
  const category_id = world.categories.get(card.category) ?? null
  const characteristics = { ...card.characteristics }
  const price = centsToWire(card.price_cents)
  const product = await createProduct(app.catalog, shop, {
    name,
    description,
    price,
    category_id,
    characteristics,
    image_urls,
  })
  const decision = { product_id: product.id, notes: moderation.notes, call: CALL }
  if (moderation.status === 'approved') await approveProduct(app.media, admin, decision)
  if (moderation.status === 'rejected') await rejectProduct(app.media, admin, decision)
  await seedReviews(app, product.id, { card, reviewers: world.reviewers })
}

/** Our own pictures come with exact outlines, so that the first try-on of each is quick and sharp. */
async function seedCut(app: App, card: SeedCard, image_key: string): Promise<void> {
  const type = card.pictures[0]?.wish.type ?? ''
  const cut = (await readSeedCut(card.slug)) ?? (await kindOnlyCut(type))
  await inTransaction(app.db, (tx) => keepExactCut(tx, image_key, cut))
}

async function seedReviews(
  app: App,
  product_id: number,
  { card, reviewers }: { card: SeedCard; reviewers: number[] },
): Promise<void> {
  for (const [index, { rating, comment }] of card.reviews.entries()) {
    const user_id = reviewers[(product_id + index) % reviewers.length]
    if (user_id !== undefined)
      await inTransaction(app.db, (tx) =>
        insertReview(tx, {
          user_id,
          product_id,
          rating,
          comment,
          created_at: after(app.clock.now(), -(index + 1) * REVIEW_STEP_MS),
        }),
      )
  }
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
