import sharp from 'sharp'
import { clamp } from '../../raster/math.ts'
import { resizeRgb } from '../../raster/picture-io.ts'
import { resizePlane } from '../../raster/resample.ts'
import { newPlane, type Plane, type RgbImage } from '../../raster/types.ts'
import type { Model } from '../models.ts'

/** Class order of the parsing model. */
export const classNames = ['background', 'hair', 'skin', 'face', 'clothes', 'other'] as const
export type ClassName = (typeof classNames)[number]

/** Probability 0..1 of each class for every pixel; they sum to one. `skin` is body skin without the face. */
export type Parse = Record<ClassName, Plane>

/** A rectangle in pixels; may be fractional, is clipped to the image. */
export type Rect = { left: number; top: number; right: number; bottom: number }

/** One look of the model at a part of the picture, stretched to its input square. */
async function parseRect(model: Model, image: RgbImage, rect: Rect, gamma = 1): Promise<Parse> {
  const left = Math.round(clamp(rect.left, 0, image.width - 8))
  const top = Math.round(clamp(rect.top, 0, image.height - 8))
  const width = Math.max(8, Math.min(image.width - left, Math.round(rect.right) - left))
  const height = Math.max(8, Math.min(image.height - top, Math.round(rect.bottom) - top))
  const raw = { width: image.width, height: image.height, channels: 3 as const }
  const small = await sharp(image.data, { raw })
    .extract({ left, top, width, height })
    .resize(model.side, model.side, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
  const pixels = new Float32Array(model.side * model.side * 3)
  for (let i = 0; i < pixels.length; i++) pixels[i] = ((small[i] ?? 0) / 255) ** gamma
  const [logits] = await model.run(pixels)
  return softmax(logits ?? new Float32Array(0), model.side)
}

/** The whole picture at once: finds the person, blurs details. */
export async function parseWhole(model: Model, image: RgbImage): Promise<Parse> {
  const small = await resizeRgb(image, model.side, model.side)
  return parseRect(model, small, { left: 0, top: 0, right: model.side, bottom: model.side })
}

/**
 * A second look at the upper body, as it is and brightened (gamma .6 saves black clothes), laid over the first
 * with a soft border. The result has the given size.
 */
export async function parseUpperBody(
  model: Model,
  image: RgbImage,
  view: { whole: Parse; rect: Rect; feather: number; width: number; height: number },
): Promise<Parse> {
  const plain = await parseRect(model, image, view.rect)
  const bright = await parseRect(model, image, view.rect, 0.6)
  const { width, height } = view
  const scale = width / image.width
  const out = mapClasses((name) => resizePlane(view.whole[name], width, height))
  const area = scaledRect(view.rect, scale, { width, height })
  const weight = featherOf(area, { width, height }, view.feather * scale)
  for (const name of classNames) {
    const a = resizePlane(plain[name], area.width, area.height)
    const b = resizePlane(bright[name], area.width, area.height)
    for (let y = 0; y < area.height; y++) {
      for (let x = 0; x < area.width; x++) {
        const j = y * area.width + x
        const i = (area.top + y) * width + area.left + x
        const w = weight.data[j] ?? 0
        const seen = 0.55 * (a.data[j] ?? 0) + 0.45 * (b.data[j] ?? 0)
        out[name].data[i] = (out[name].data[i] ?? 0) * (1 - w) + seen * w
      }
    }
  }
  return out
}

export function mapClasses(make: (name: ClassName) => Plane): Parse {
  return {
    background: make('background'),
    hair: make('hair'),
    skin: make('skin'),
    face: make('face'),
    clothes: make('clothes'),
    other: make('other'),
  }
}

/** Bounds of everything that is not background, in pixels of the parse; null when nothing is. */
export function personBounds(parse: Parse): Rect | null {
  const { width, height, data } = parse.background
  const box = { left: width, top: height, right: 0, bottom: 0 }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] ?? 1) >= 0.5) continue
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x + 1)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y + 1)
    }
  }
  return box.right > box.left ? box : null
}

function softmax(logits: Float32Array, side: number): Parse {
  const planes = classNames.map(() => newPlane(side, side))
  const exps = new Float64Array(6)
  for (let i = 0; i < side * side; i++) {
    let max = -Infinity
    for (let c = 0; c < 6; c++) max = Math.max(max, logits[i * 6 + c] ?? 0)
    let sum = 0
    for (let c = 0; c < 6; c++) {
      const e = Math.exp((logits[i * 6 + c] ?? 0) - max)
      exps[c] = e
      sum += e
    }
    planes.forEach((plane, c) => {
      plane.data[i] = (exps[c] ?? 0) / sum
    })
  }
  return mapClasses((name) => planes[classNames.indexOf(name)] ?? newPlane(side, side))
}

type Size = { width: number; height: number }
type Area = { left: number; top: number; width: number; height: number }

function scaledRect(rect: Rect, scale: number, size: Size): Area {
  const left = Math.round(clamp(rect.left * scale, 0, size.width - 1))
  const top = Math.round(clamp(rect.top * scale, 0, size.height - 1))
  const width = Math.max(1, Math.min(size.width - left, Math.round(rect.right * scale) - left))
  const height = Math.max(1, Math.min(size.height - top, Math.round(rect.bottom * scale) - top))
  return { left, top, width, height }
}

/** Weight of the second look: .85 inside, falling to 0 at those sides that are not sides of the picture. */
function featherOf(area: Area, size: Size, feather: number): Plane {
  const out = newPlane(area.width, area.height)
  const free = 1e6
  const atLeft = area.left <= 1 ? free : 0
  const atTop = area.top <= 1 ? free : 0
  const atRight = area.left + area.width >= size.width - 1 ? free : 0
  const atBottom = area.top + area.height >= size.height - 1 ? free : 0
  for (let y = 0; y < area.height; y++) {
    const vertical = Math.min(y + atTop, area.height - 1 - y + atBottom)
    for (let x = 0; x < area.width; x++) {
      const edge = Math.min(vertical, x + atLeft, area.width - 1 - x + atRight)
      out.data[y * area.width + x] = clamp(edge / feather, 0, 1) * 0.85
    }
  }
  return out
}
