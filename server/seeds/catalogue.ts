import type { GarmentWish } from '../src/domains/studio/renderer/spec.ts'
import { kidsAndEthno } from './catalogue/kids-and-ethno.ts'
import { menTops } from './catalogue/men.ts'
import { menBottomsAndOuterwear } from './catalogue/men-outerwear.ts'
import { seedReviews } from './catalogue/reviews.ts'
import { seedShops } from './catalogue/shops.ts'
import type { Also, Draft, SeedCard, SeedPicture } from './catalogue/types.ts'
import { womenBottoms } from './catalogue/women-bottoms.ts'
import { womenDresses } from './catalogue/women-dresses.ts'
import { womenKnits } from './catalogue/women-knits.ts'
import { womenOuterwear } from './catalogue/women-outerwear.ts'
import { womenTops } from './catalogue/women-tops.ts'

export { seedReviewers } from './catalogue/reviews.ts'
export { seedCategories, seedShops } from './catalogue/shops.ts'
export type { SeedCard, SeedCategory, SeedPicture, SeedReview, SeedShop } from './catalogue/types.ts'

/** Cards that still wait for an admin, and cards an admin sent back: the queue is not empty on the first day. */
const pending: ReadonlySet<string> = new Set([
  'yubka-ornament',
  'hudi-ornament',
  'det-plate-tsvety',
  'muzh-zhilet-steganyy',
  'zhaket-fuksiya',
  'bryuki-kozhanye',
])

const rejected: Readonly<Record<string, string>> = {
  'plate-vechernee-bordo':
    'В описании обещан разрез, на фотографиях его не видно. Добавьте снимок сбоку и подайте карточку снова.',
  'yubka-satin-shampan':
    'Непонятно, из чего подклад и какой длины изделие: допишите и подайте карточку снова.',
  'muzh-shorty': 'Нет таблицы замеров. Добавьте обхват пояса и длину для каждого размера.',
}

const drafts: readonly Draft[] = [
  ...womenTops,
  ...womenKnits,
  ...womenDresses,
  ...womenBottoms,
  ...womenOuterwear,
  ...menTops,
  ...menBottomsAndOuterwear,
  ...kidsAndEthno,
]

/** Every card of the demo, in the order in which it appears in a fresh catalogue. */
export const seedCards: readonly SeedCard[] = drafts.map((draft, index) => ({
  slug: draft.slug,
  shop: draft.shop,
  category: draft.category,
  name: draft.name,
  description: draft.about,
  price_cents: draft.price_cents,
  characteristics: {
    color: draft.colour,
    size: sizesOf(draft),
    composition: draft.composition,
    brand: seedShops.find((shop) => shop.key === draft.shop)?.shop_name ?? draft.shop,
    country: 'Казахстан',
    season: draft.season,
    style: draft.style,
  },
  pictures: picturesOf(draft, index),
  moderation: moderationOf(draft.slug),
  reviews: pending.has(draft.slug) || draft.slug in rejected ? [] : (seedReviews[draft.slug] ?? []),
}))

function sizesOf(draft: Draft): readonly string[] {
  if (draft.category.startsWith('kids')) return ['104', '116', '128', '140']
  if (draft.wish.type === 'jeans')
    return draft.category.startsWith('men') ? ['30', '32', '34', '36'] : ['26', '27', '28', '29', '30']
  return draft.category.startsWith('men') ? ['S', 'M', 'L', 'XL', 'XXL'] : ['XS', 'S', 'M', 'L', 'XL']
}

/** The front first, then what the draft adds; seeds differ so that no two garments fold alike. */
function picturesOf(draft: Draft, index: number): readonly SeedPicture[] {
  const seed = 1000 + index * 10
  const front: SeedPicture = { wish: draft.wish, view: 'front', seed }
  return [front, ...draft.also.map((one, k) => furtherPicture(draft.wish, one, seed + k + 1))]
}

function furtherPicture(wish: GarmentWish, also: Also, seed: number): SeedPicture {
  if (also === 'back') return { wish, view: 'back', seed }
  // A close-up shows the same folds as the whole picture.
  if (also === 'detail') return { wish, view: 'detail', seed: seed - (seed % 10) }
  return { wish: { ...wish, ...also }, view: 'front', seed }
}

function moderationOf(slug: string): SeedCard['moderation'] {
  if (pending.has(slug)) return { status: 'pending', notes: null }
  const notes = rejected[slug]
  if (notes !== undefined) return { status: 'rejected', notes }
  return { status: 'approved', notes: null }
}
