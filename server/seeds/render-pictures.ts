import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { completeSpec } from '../src/domains/studio/renderer/defaults.ts'
import { renderSpec } from '../src/domains/studio/renderer/render-spec.ts'
import { type SeedPicture, seedCards } from './catalogue.ts'

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
    if (name.endsWith('.webp') && !known.has(name)) await rm(join(picturesFolder, name))
  }
}

/**
 * Renders what is missing or was wished differently; `--all` renders everything (after a change of the renderer).
 * May be stopped and started again at any time.
 */
async function main(all: boolean): Promise<void> {
  await mkdir(picturesFolder, { recursive: true })
  const list = all ? {} : await readList()
  const jobs = seedCards.flatMap((card) =>
    card.pictures.map((picture, i) => ({ picture, name: pictureName(card.slug, i + 1) })),
  )
  await removeStrangers(new Set(jobs.map((job) => job.name)))
  const fresh: Record<string, string> = {}
  for (const [index, { picture, name }] of jobs.entries()) {
    const hash = createHash('sha256').update(JSON.stringify(picture)).digest('hex').slice(0, 16)
    fresh[name] = hash
    const path = join(picturesFolder, name)
    if (list[name] === hash && (await exists(path))) continue
    const bytes = await encode(await renderPicture(picture))
    await writeFile(path, bytes)
    list[name] = hash
    await writeFile(join(picturesFolder, listName), `${JSON.stringify(list, null, 2)}\n`)
    process.stdout.write(`${index + 1}/${jobs.length} ${name} ${Math.round(bytes.length / 1000)} kB\n`)
  }
  await writeFile(join(picturesFolder, listName), `${JSON.stringify(fresh, null, 2)}\n`)
}

if (import.meta.main) await main(process.argv.includes('--all'))
