// Turns the rendered PNGs into the JPEGs beside manifest.json.
// Run: node publish.mjs <folder with the PNGs>
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const source = process.argv[2]
const target = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
for (const name of readdirSync(source).filter((entry) => entry.endsWith('.png'))) {
  const file = path.join(target, name.replace(/png$/, 'jpg'))
  const { size } = await sharp(path.join(source, name))
    .removeAlpha()
    .jpeg({ quality: 88, mozjpeg: true })
    .toFile(file)
  console.log(path.basename(file), size)
}
