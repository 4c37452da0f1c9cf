import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { GarmentCut } from '../src/domains/studio/engine/garment-cut.ts'
import { cutOf } from '../src/domains/studio/renderer/cut.ts'
import { completeSpec } from '../src/domains/studio/renderer/defaults.ts'
import { renderSpec } from '../src/domains/studio/renderer/render-spec.ts'
import { type SeedPicture, seedCards } from './catalogue.ts'
import { cutNames, writeCut } from './cuts.ts'

export const pictureWidth = 900
export const pictureHeight = 1200
export const picturesFolder = fileURLToPath(new URL('pictures/', import.meta.url))

/** File name of the n-th picture of a card, n from 1. */
export function pictureName(slug: string, n: number): string {
  return `${slug}-${n}.webp`
}

/** Raw sRGB bytes of a catalogue picture, 900 × 1200. */
export async function renderPicture(picture: SeedPicture): Promise<Uint8Array> {
  const { pixels } = await renderSpec({
    spec: completeSpec(picture.wish),
    view: picture.view,
    seed: picture.seed,
    width: pictureWidth,
    height: pictureHeight,
    withCut: false,
  })
  return pixels
}

/** The exact cut-out that belongs to a front picture of a top; null for other pictures. */
export async function renderCut(picture: SeedPicture): Promise<GarmentCut | null> {
  if (picture.view !== 'front') return null
  const spec = completeSpec(picture.wish)
  const job = { spec, view: picture.view, seed: picture.seed, withCut: true }
  return await cutOf(await renderSpec({ ...job, width: cutWidth, height: cutHeight }))
}

/** Enough for a try-on of 1024 px, where a garment is about 400 px wide. */
const cutWidth = 675
const cutHeight = 900

const bytesMax = 62_000
const qualities = [80, 74, 68, 60, 50, 40] as const

/** Quality 80, lower only where a busy pattern would weigh more than 62 kB. */
async function encode(pixels: Uint8Array): Promise<Uint8Array> {
  const raw = { width: pictureWidth, height: pictureHeight, channels: 3 as const }
  let bytes: Uint8Array = new Uint8Array()
  for (const quality of qualities) {
    bytes = await sharp(pixels, { raw }).webp({ quality, effort: 5 }).toBuffer()
    if (bytes.length <= bytesMax) break
  }
  return bytes
}

const listName = 'rendered.json'

/** What each file was rendered from, so that a changed wish is drawn again and the rest is kept. */
async function readList(): Promise<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(join(picturesFolder, listName), 'utf8'))
    if (typeof parsed !== 'object' || parsed === null) return {}
    return Object.fromEntries(Object.entries(parsed).map(([name, hash]) => [name, String(hash)]))
  } catch {
    return {}
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0
  } catch {
    return false
  }
}

async function removeStrangers(known: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(picturesFolder)) {
    if (!known.has(name) && name !== listName) await rm(join(picturesFolder, name))
  }
}

type Job = { readonly slug: string; readonly n: number; readonly picture: SeedPicture; readonly hash: string }

function jobsOf(): readonly Job[] {
  return seedCards.flatMap((card) =>
    card.pictures.map((picture, i) => ({
      slug: card.slug,
      n: i + 1,
      picture,
      hash: createHash('sha256').update(JSON.stringify(picture)).digest('hex').slice(0, 16),
    })),
  )
}

/** Draws one picture, and with the first picture of a top its cut-out. @returns bytes written */
async function draw({ slug, n, picture }: Job): Promise<number> {
  const bytes = await encode(await renderPicture(picture))
  await writeFile(join(picturesFolder, pictureName(slug, n)), bytes)
  return bytes.length + (n === 1 ? await writeCut(slug, await renderCut(picture)) : 0)
}

/**
 * Renders what is missing or was wished differently; `--all` renders everything (after a change of the renderer).
 * May be stopped and started again at any time.
 */
async function main(all: boolean): Promise<void> {
  await mkdir(picturesFolder, { recursive: true })
  const jobs = jobsOf()
  const cuts = seedCards.flatMap((card) => Object.values(cutNames(card.slug)))
  await removeStrangers(new Set([...jobs.map((job) => pictureName(job.slug, job.n)), ...cuts]))
  const list = all ? {} : await readList()
  for (const [index, job] of jobs.entries()) {
    const name = pictureName(job.slug, job.n)
    if (list[name] === job.hash && (await exists(join(picturesFolder, name)))) continue
    const size = await draw(job)
    list[name] = job.hash
    await writeList(list)
    process.stdout.write(`${index + 1}/${jobs.length} ${name} ${Math.round(size / 1000)} kB\n`)
  }
  await writeList(Object.fromEntries(jobs.map((job) => [pictureName(job.slug, job.n), job.hash])))
}

async function writeList(list: Readonly<Record<string, string>>): Promise<void> {
  await writeFile(join(picturesFolder, listName), `${JSON.stringify(list, null, 2)}\n`)
}

if (import.meta.main) await main(process.argv.includes('--all'))
