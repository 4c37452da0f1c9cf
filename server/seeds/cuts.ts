import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import {
  fromStoredCut,
  type GarmentCut,
  type GarmentKind,
  garmentCutVersion,
  toStoredCut,
} from '../src/domains/studio/engine/garment-cut.ts'

const folder = new URL('pictures/', import.meta.url)

/** Files of the cut-out that belongs to the first picture of a card: the pixels as WebP, the landmarks as JSON. */
export function cutNames(slug: string): { readonly picture: string; readonly facts: string } {
  return { picture: `${slug}-1.cut.webp`, facts: `${slug}-1.cut.json` }
}

/**
 * The exact cut-out of a card's first picture, as the renderer made it (nothing has to be detected in the picture);
 * null for garments that are not tops.
 */
export async function readSeedCut(slug: string): Promise<GarmentCut | null> {
  const names = cutNames(slug)
  const [pixels, facts] = await Promise.all([readOrNull(names.picture), readOrNull(names.facts)])
  if (pixels === null || facts === null) return null
  const png = await sharp(pixels).ensureAlpha().png({ compressionLevel: 6 }).toBuffer()
  return fromStoredCut(png, JSON.parse(facts.toString('utf8')))
}

/**
 * What the engine should know of a garment that is no top: its kind, so that a try-on is refused at once and is not
 * tried with whatever the detection takes it for.
 */
export async function kindOnlyCut(type: string): Promise<GarmentCut> {
  const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
  const blank = { width: BLANK_SIDE, height: BLANK_SIDE, channels: 4, background: '#0000' } as const
  const png = await sharp({ create: blank }).png().toBuffer()
  return {
    version: garmentCutVersion,
    kind,
    origin: 'template',
    width: BLANK_SIDE,
    height: BLANK_SIDE,
    outline: null,
    png,
  }
}

/** The smallest picture that counts as one. */
const BLANK_SIDE = 16
const KINDS: [RegExp, GarmentKind][] = [
  [/dress/, 'dress'],
  [/skirt/, 'skirt'],
  [/jeans|trousers|joggers|shorts|leggings/, 'trousers'],
]

/** Stores a cut-out, or removes the stored one when there is none any more. @returns bytes written */
export async function writeCut(slug: string, cut: GarmentCut | null): Promise<number> {
  const names = cutNames(slug)
  if (cut === null) {
    await Promise.all([rm(pathOf(names.picture), { force: true }), rm(pathOf(names.facts), { force: true })])
    return 0
  }
  const { png, facts } = toStoredCut(cut)
  // Alpha stays lossless: the fitting follows it.
  const pixels = await sharp(png).webp({ quality: 78, alphaQuality: 100, effort: 5 }).toBuffer()
  await writeFile(pathOf(names.picture), pixels)
  await writeFile(pathOf(names.facts), `${JSON.stringify(facts, roundNumbers, 2)}\n`)
  return pixels.length
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, folder))
}

async function readOrNull(name: string): Promise<Buffer | null> {
  try {
    return await readFile(pathOf(name))
  } catch {
    return null
  }
}

/** A tenth of a pixel is finer than any edge. */
function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value
}
