import { boxBlur, weightedBlur } from '../../raster/blur.ts'
import { labOf } from '../../raster/colour.ts'
import { findComponents, largestComponent } from '../../raster/components.ts'
import { insideDistance } from '../../raster/distance.ts'
import { smoothstep } from '../../raster/math.ts'
import { newPlane, type Plane, planeLike, type RgbaImage, type RgbImage } from '../../raster/types.ts'
import { type Backdrop, backdropOf, distanceToBackdrop, floodByColour, floodByEdges } from './background.ts'

/** The garment without its background: hard mask for measuring, soft alpha and clean rim colours for drawing. */
export type Cutout = { image: RgbImage; mask: Plane; alpha: Plane }

/**
 * Separates the garment. A picture that is transparent by itself is taken as it is; otherwise the background is
 * found from the border by colour, or by weak edges when the flood by colour ran into the garment.
 */
export function cutOut(picture: RgbaImage): Cutout {
  const image = onWhite(picture)
  const own = ownAlpha(picture)
  if (own !== null)
    return { image, mask: planeLike(own, (i) => ((own.data[i] ?? 0) > 0.5 ? 1 : 0)), alpha: own }
  const backdrop = backdropOf(labOf(image), image.width, image.height)
  const byColour = cleaned(floodByColour(backdrop), image)
  const byEdges = cleaned(floodByEdges(backdrop), image)
  const mask = fillHoles(withLostCloth(byColour, byEdges, backdrop), backdrop)
  return softened(image, mask)
}

type Candidate = { mask: Plane; area: number }

/**
 * The flood by colour has the finer edges, but runs into garments of the background's colour. When it lost 24 % of
 * the area the flood by edges takes its place; otherwise single lost pieces are put back: those more than four
 * pixels thick and lighter than the background or of another hue (what is only darker may be the garment's shadow).
 */
function withLostCloth(byColour: Candidate, byEdges: Candidate, backdrop: Backdrop): Plane {
  const { mask } = byColour
  if (byEdges.area > mask.data.length * 0.85) return mask
  if (byColour.area < byEdges.area * 0.76) return byEdges.mask
  const lost = planeLike(mask, (i) => ((byEdges.mask.data[i] ?? 0) > (mask.data[i] ?? 0) ? 1 : 0))
  const depth = insideDistance(lost)
  const { lab, median } = backdrop
  let cloth = 0
  const notCore = planeLike(mask, (i) => {
    if ((depth.data[i] ?? 0) < 4) return 1
    const isLighter = (lab[i * 3] ?? 0) > median[0] + 1
    const hue = Math.hypot((lab[i * 3 + 1] ?? 0) - median[1], (lab[i * 3 + 2] ?? 0) - median[2])
    if (!isLighter && hue <= 3) return 1
    cloth++
    return 0
  })
  if (cloth < byEdges.area * 0.003) return mask
  const toCore = insideDistance(notCore)
  return planeLike(mask, (i) => {
    const isPiece = (lost.data[i] ?? 0) > 0 && (toCore.data[i] ?? 0) < 5
    return isPiece ? 1 : (mask.data[i] ?? 0)
  })
}

/** Speckles and thin threads removed, then only what lies within 3.5 px of a large piece kept. */
function cleaned(
  background: Uint8Array,
  size: { width: number; height: number },
): { mask: Plane; area: number } {
  const raw = planeLike(size, (i) => (background[i] === 0 ? 1 : 0))
  const depth = insideDistance(raw)
  const core = findComponents(planeLike(size, (i) => ((depth.data[i] ?? 0) > 1.5 ? 1 : 0)))
  const least = (core.sizes[largestComponent(core)] ?? 0) * 0.08
  const isDropped = planeLike(size, (i) => {
    const label = core.labels[i] ?? 0
    return label > 0 && (core.sizes[label] ?? 0) > least ? 0 : 1
  })
  const away = insideDistance(isDropped)
  let area = 0
  const mask = planeLike(size, (i) => {
    const kept = (raw.data[i] ?? 0) > 0 && (away.data[i] ?? 0) < 3.5 ? 1 : 0
    area += kept
    return kept
  })
  return { mask, area }
}

/** Enclosed gaps become garment, except large ones of the background's colour (between sleeve and body). */
function fillHoles(mask: Plane, backdrop: Backdrop): Plane {
  const pixels = mask.data.length
  const gaps = findComponents(planeLike(mask, (i) => 1 - (mask.data[i] ?? 0)))
  const isOutside = new Uint8Array(gaps.count + 1)
  for (const i of backdrop.border) isOutside[gaps.labels[i] ?? 0] = 1
  const sums = new Float64Array(gaps.count + 1)
  for (let i = 0; i < pixels; i++) {
    const label = gaps.labels[i] ?? 0
    if (label > 0) sums[label] = (sums[label] ?? 0) + distanceToBackdrop(backdrop, i)
  }
  return planeLike(mask, (i) => {
    const label = gaps.labels[i] ?? 0
    if (label === 0 || isOutside[label] === 1) return mask.data[i] ?? 0
    const size = gaps.sizes[label] ?? 1
    const isBackdrop = size > pixels * 0.002 && (sums[label] ?? 0) / size < backdrop.tolerance * 0.8
    return isBackdrop ? 0 : 1
  })
}

/** Alpha pulled in by about .7 px so that no halo stays; the outer 2.5 px take the colour of the cloth inside. */
function softened(image: RgbImage, mask: Plane): Cutout {
  const soft = boxBlur(boxBlur(mask, 2), 1)
  const alpha = planeLike(mask, (i) => smoothstep(0.46, 0.8, soft.data[i] ?? 0))
  const depth = insideDistance(mask)
  const inner = planeLike(mask, (i) => ((depth.data[i] ?? 0) > 2.5 ? 1 : 0))
  const data = image.data.slice()
  for (let c = 0; c < 3; c++) {
    const channel = planeLike(mask, (i) => image.data[i * 3 + c] ?? 0)
    const near = weightedBlur(channel, inner, 2.2, -1)
    const far = weightedBlur(channel, inner, 9, -1)
    for (let i = 0; i < depth.data.length; i++) {
      if ((depth.data[i] ?? 0) > 2.5) continue
      const value = (near.data[i] ?? -1) >= 0 ? (near.data[i] ?? 0) : (far.data[i] ?? -1)
      if (value >= 0) data[i * 3 + c] = Math.round(value)
    }
  }
  return { image: { ...image, data }, mask, alpha }
}

function onWhite(picture: RgbaImage): RgbImage {
  const data = new Uint8Array(picture.width * picture.height * 3)
  for (let i = 0; i < picture.width * picture.height; i++) {
    const alpha = (picture.data[i * 4 + 3] ?? 255) / 255
    for (let c = 0; c < 3; c++) {
      const value = picture.data[i * 4 + c] ?? 0
      // Straight alpha: a half-transparent rim already has the garment's colour, only nothing becomes white.
      data[i * 3 + c] = alpha > 0 ? value : 255
    }
  }
  return { width: picture.width, height: picture.height, data }
}

/** The picture's own transparency when at least 5 % of it is see-through; otherwise it says nothing. */
function ownAlpha(picture: RgbaImage): Plane | null {
  const alpha = newPlane(picture.width, picture.height)
  let clear = 0
  for (let i = 0; i < alpha.data.length; i++) {
    const value = (picture.data[i * 4 + 3] ?? 255) / 255
    alpha.data[i] = value
    if (value < 0.02) clear++
  }
  return clear > alpha.data.length * 0.05 ? alpha : null
}
