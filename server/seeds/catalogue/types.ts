import type { GarmentWish, View } from '../../src/domains/studio/renderer/spec.ts'

/** Demo data as plain values. Whoever seeds a database turns them into calls of use cases. */
export type SeedShop = {
  readonly key: 'aspan' | 'dala' | 'oiu'
  readonly shop_name: string
  readonly owner_name: string
  readonly description: string
  readonly phone: string
  readonly whatsapp_number: string
  readonly address: string
}

export type SeedCategory = {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly parent: string | null
  readonly order: number
}

export type SeedPicture = { readonly wish: GarmentWish; readonly view: View; readonly seed: number }

export type SeedReview = { readonly rating: 1 | 2 | 3 | 4 | 5; readonly comment: string }

export type SeedCard = {
  /** Also the stem of the picture files: `<slug>-1.webp`, `<slug>-2.webp` … */
  readonly slug: string
  readonly shop: SeedShop['key']
  readonly category: string
  readonly name: string
  readonly description: string
  readonly price_cents: number
  readonly characteristics: Readonly<Record<string, string | readonly string[]>>
  readonly pictures: readonly SeedPicture[]
  readonly moderation: { readonly status: 'approved' | 'pending' | 'rejected'; readonly notes: string | null }
  readonly reviews: readonly SeedReview[]
}

/** A further picture: another view of the same garment, or the same cut in other colours. */
export type Also = 'back' | 'detail' | Partial<Omit<GarmentWish, 'type'>>

export type Draft = {
  readonly slug: string
  readonly shop: SeedShop['key']
  readonly category: string
  readonly name: string
  readonly about: string
  readonly price_cents: number
  readonly colour: string
  readonly composition: string
  readonly season: string
  readonly style: string
  readonly wish: GarmentWish
  readonly also: readonly Also[]
}
