/**
 * Runs every person with every garment and writes pictures, metrics.json and a contact sheet:
 * `node report.ts OUT_FOLDER [PEOPLE_FOLDER] [GARMENTS_FOLDER]`. For eyes and for comparing versions of the engine.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { encodeWebp } from '../raster/picture-io.ts'
import { measureTryOn, type TryOnMetrics } from './metrics.ts'
import { loadModels } from './models.ts'
import { EngineRefusal } from './refusal.ts'
import { makeTryOn } from './try-on.ts'

type Row = {
  person: string
  garment: string
  refused: string | null
  metrics: TryOnMetrics | null
  timings_ms: Record<string, number> | null
}

const sideMax = 768
const tile = { width: 320, height: 420 }
const server = fileURLToPath(new URL('../../../../', import.meta.url))

const [out, people = path.join(server, 'seeds/people'), garments = path.join(server, 'seeds/pictures')] =
  process.argv.slice(2)
if (out === undefined) {
  process.stderr.write('usage: node report.ts OUT_FOLDER [PEOPLE_FOLDER] [GARMENTS_FOLDER]\n')
  process.exit(2)
}
await report(out, await picturesIn(people), await picturesIn(garments))

async function report(folder: string, persons: string[], products: string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const rows: Row[] = []
  const tiles: Buffer[] = []
  for (const person of persons) {
    tiles.push(await asTile(await readFile(person)))
    for (const garment of products) {
      const { row, picture } = await pair(person, garment)
      rows.push(row)
      const name = `${path.parse(person).name}+${path.parse(garment).name}.webp`
      if (picture !== null) await writeFile(path.join(folder, name), picture)
      tiles.push(await asTile(picture ?? (await refusedTile(row.refused ?? ''))))
      process.stdout.write(`${JSON.stringify(row)}\n`)
    }
  }
  await writeFile(path.join(folder, 'metrics.json'), JSON.stringify(rows, null, 2))
  await writeSheet(path.join(folder, 'sheet.jpg'), tiles, products.length + 1)
}

async function pair(person: string, garment: string): Promise<{ row: Row; picture: Uint8Array | null }> {
  const names = { person: path.basename(person), garment: path.basename(garment) }
  const request = { person: await readFile(person), garment: await readFile(garment), side_max: sideMax }
  try {
    const parts = await makeTryOn(request, () => undefined)
    const metrics = await measureTryOn(await loadModels(), parts)
    const row = { ...names, refused: null, metrics, timings_ms: parts.timings_ms }
    return { row, picture: await encodeWebp(parts.picture, 90) }
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error
    return { row: { ...names, refused: error.code, metrics: null, timings_ms: null }, picture: null }
  }
}

async function picturesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => /\.(jpe?g|png|webp)$/.test(name))
    .sort()
    .map((name) => path.join(folder, name))
}

async function asTile(picture: Uint8Array): Promise<Buffer> {
  return await sharp(picture)
    .resize(tile.width, tile.height, { fit: 'contain', background: '#ffffff' })
    .png()
    .toBuffer()
}

async function refusedTile(code: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${tile.width}" height="${tile.height}">
    <rect width="100%" height="100%" fill="#eee"/><text x="50%" y="50%" text-anchor="middle" font-size="20">${code}</text></svg>`
  return await sharp(Buffer.from(svg)).png().toBuffer()
}

async function writeSheet(file: string, tiles: Buffer[], columns: number): Promise<void> {
  if (tiles.length === 0) return
  const rows = Math.ceil(tiles.length / columns)
  const canvas = {
    width: columns * tile.width,
    height: rows * tile.height,
    channels: 3 as const,
    background: '#ffffff',
  }
  const layers = tiles.map((input, i) => ({
    input,
    left: (i % columns) * tile.width,
    top: Math.floor(i / columns) * tile.height,
  }))
  await sharp({ create: canvas }).composite(layers).jpeg({ quality: 88 }).toFile(file)
}
