import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { seedCards, seedCategories, seedReviewers, seedShops } from '../../../../seeds/catalogue.ts'
import { readSeedCut } from '../../../../seeds/cuts.ts'
import { pictureName, picturesFolder, renderPicture } from '../../../../seeds/render-pictures.ts'
import { completeSpec } from './defaults.ts'
import { drawGarment } from './garments/draw-garment.ts'

describe('the demo catalogue', () => {
  it('has enough of everything', () => {
    const count = (status: string): number =>
      seedCards.filter((card) => card.moderation.status === status).length
    expect(seedShops).toHaveLength(3)
    expect(count('approved')).toBeGreaterThanOrEqual(60)
    expect(count('pending')).toBeGreaterThanOrEqual(4)
    expect(count('rejected')).toBeGreaterThanOrEqual(2)
    expect(seedCards.filter((card) => card.reviews.length > 0).length).toBeGreaterThanOrEqual(25)
    const tops = [
      't_shirt',
      'longsleeve',
      'tank',
      'polo',
      'shirt',
      'blouse',
      'tunic',
      'sweater',
      'cardigan',
      'hoodie',
      'sweatshirt',
    ]
    expect(
      seedCards.filter((card) => tops.includes(card.pictures[0]?.wish.type ?? '')).length,
    ).toBeGreaterThanOrEqual(24)
  })

  it('keeps the limits of the contract (1.3) and names only what exists', () => {
    const slugs = new Set(seedCategories.map((category) => category.slug))
    const shops = new Set(seedShops.map((shop) => shop.key))
    expect(new Set(seedCards.map((card) => card.slug)).size).toBe(seedCards.length)
    expect(new Set(seedCards.map((card) => `${card.shop}:${card.name}`)).size).toBe(seedCards.length)
    expect(new Set(seedCategories.map((category) => category.name)).size).toBe(seedCategories.length)
    for (const shop of seedShops) {
      expect(shop.phone).toMatch(/^\+\d{7,15}$/)
      expect(shop.description.length).toBeLessThanOrEqual(1000)
    }
    for (const category of seedCategories) {
      expect(category.slug).toMatch(/^[a-z0-9-]+$/)
      expect(category.parent === null || slugs.has(category.parent)).toBe(true)
    }
    for (const card of seedCards) {
      expect(slugs.has(card.category), card.slug).toBe(true)
      expect(shops.has(card.shop)).toBe(true)
      expect(Number.isSafeInteger(card.price_cents) && card.price_cents > 0).toBe(true)
      expect(card.name.length).toBeLessThanOrEqual(255)
      expect(card.description.length).toBeLessThanOrEqual(2000)
      expect(card.pictures.length).toBeGreaterThanOrEqual(2)
      expect(card.reviews.length).toBeLessThanOrEqual(seedReviewers.length)
      if (card.moderation.status === 'rejected') expect(card.moderation.notes?.length).toBeGreaterThan(10)
    }
  })

  it('is listed in full: no review belongs to a card that does not exist', async () => {
    const { seedReviews } = await import('../../../../seeds/catalogue/reviews.ts')
    const slugs = new Set(seedCards.map((card) => card.slug))
    expect(Object.keys(seedReviews).filter((slug) => !slugs.has(slug))).toEqual([])
  })
})

describe('the committed pictures', () => {
  const names = seedCards.flatMap((card) => card.pictures.map((_, i) => pictureName(card.slug, i + 1)))

  it('are there for every card, and nothing else is', async () => {
    const files = (await readdir(picturesFolder)).filter((name) => /-\d\.webp$/.test(name))
    expect(files.toSorted()).toEqual(names.toSorted())
  })

  it('weigh at most 100 kB each and 10 MB together, and are 900 × 1200', async () => {
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(picturesFolder, name))).size))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100_000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(10_000_000)
    const meta = await sharp(await readFile(join(picturesFolder, names[0] ?? ''))).metadata()
    expect([meta.width, meta.height]).toEqual([900, 1200])
  })

  it('come with the exact cut-out of every top, as the engine stores it', async () => {
    for (const card of seedCards) {
      const [picture] = card.pictures
      if (picture === undefined) throw new Error(`no picture of ${card.slug}`)
      const spec = completeSpec(picture.wish)
      const { kind } = drawGarment(spec, 'front', picture.seed)
      const cut = await readSeedCut(card.slug)
      expect(cut?.kind ?? 'none', card.slug).toBe(kind === 'top' ? 'top' : 'none')
    }
  })

  it('are what the renderer draws today', async () => {
    for (const [card, picture] of [
      ['polo-temno-zelyonoe', 0],
      ['dzhinsy-pryamye-indigo', 1],
      ['chapan-bordovyy', 0],
    ] as const) {
      const wish = seedCards.find((one) => one.slug === card)?.pictures[picture]
      if (wish === undefined) throw new Error(`no picture of ${card}`)
      const drawn = await renderPicture(wish)
      const bytes = await readFile(join(picturesFolder, pictureName(card, picture + 1)))
      const stored = await sharp(bytes).removeAlpha().raw().toBuffer()
      expect(stored.length).toBe(drawn.length)
      let sum = 0
      for (let i = 0; i < drawn.length; i++) sum += Math.abs((drawn[i] ?? 0) - (stored[i] ?? 0))
      expect(sum / drawn.length, card).toBeLessThan(2.5)
    }
  })
})
