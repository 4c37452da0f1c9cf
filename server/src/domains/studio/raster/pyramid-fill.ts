import { resizePlane } from './resample.ts'
import { type FloatRgb, newPlane, type Plane, type RgbImage } from './types.ts'

type Level = { width: number; height: number; channels: Plane[]; weight: Plane }

/**
 * Push-pull fill: known pixels (weight 1) spread smoothly into unknown ones (weight 0).
 * The image is averaged down a pyramid by weight and the gaps are filled on the way up.
 */
export function pyramidFill(image: RgbImage, weight: Plane): FloatRgb {
  const levels = [firstLevel(image, weight)]
  for (let last = levels[0]; last !== undefined && last.width > 2 && last.height > 2; last = levels.at(-1)) {
    levels.push(nextLevel(last))
  }
  for (let l = levels.length - 2; l >= 0; l--) fillFromCoarser(levels[l], levels[l + 1])
  const fine = levels[0]
  const out: FloatRgb = {
    width: image.width,
    height: image.height,
    data: new Float32Array(image.data.length),
  }
  if (fine === undefined) return out
  for (let i = 0; i < weight.data.length; i++) {
    const w = fine.weight.data[i] || 1
    for (let c = 0; c < 3; c++) out.data[i * 3 + c] = (fine.channels[c]?.data[i] ?? 0) / w
  }
  return out
}

function firstLevel(image: RgbImage, weight: Plane): Level {
  const { width, height } = image
  const channels = [0, 1, 2].map((c) => {
    const plane = newPlane(width, height)
    for (let i = 0; i < plane.data.length; i++) {
      plane.data[i] = (image.data[i * 3 + c] ?? 0) * (weight.data[i] ?? 0)
    }
    return plane
  })
  return { width, height, channels, weight: { width, height, data: weight.data.slice() } }
}

/** Sums of 2×2 blocks, weights capped at 1 (colours stay premultiplied by the weight). */
function nextLevel(fine: Level): Level {
  const weight = sumBlocks(fine.weight)
  const channels = fine.channels.map(sumBlocks)
  for (let i = 0; i < weight.data.length; i++) {
    const w = weight.data[i] ?? 0
    if (w <= 1) continue
    for (const channel of channels) channel.data[i] = (channel.data[i] ?? 0) / w
    weight.data[i] = 1
  }
  return { width: weight.width, height: weight.height, channels, weight }
}

function sumBlocks(source: Plane): Plane {
  const out = newPlane((source.width + 1) >> 1, (source.height + 1) >> 1)
  for (let y = 0; y < source.height; y++) {
    const row = (y >> 1) * out.width
    for (let x = 0; x < source.width; x++) {
      const j = row + (x >> 1)
      out.data[j] = (out.data[j] ?? 0) + (source.data[y * source.width + x] ?? 0)
    }
  }
  return out
}

function fillFromCoarser(fine: Level | undefined, coarse: Level | undefined): void {
  if (fine === undefined || coarse === undefined) return
  const { width, height } = fine
  fine.channels.forEach((channel, c) => {
    const source = coarse.channels[c]
    if (source !== undefined) addMissing(channel, resizePlane(source, width, height), fine.weight)
  })
  addMissing(fine.weight, resizePlane(coarse.weight, width, height), fine.weight)
}

function addMissing(target: Plane, source: Plane, weight: Plane): void {
  for (let i = 0; i < target.data.length; i++) {
    const missing = 1 - Math.min(1, weight.data[i] ?? 0)
    target.data[i] = (target.data[i] ?? 0) + missing * (source.data[i] ?? 0)
  }
}
