import { clamp, lerp, quantile } from '../../raster/math.ts'
import type { Point } from '../../raster/types.ts'
import { type Contour, isGarment, topAt } from './contour.ts'
import type { Corners } from './landmarks.ts'

/** Lab of the garment picture, three floats a pixel. */
export type GarmentLook = { contour: Contour; lab: Float32Array; corners: Corners }

const steps = 33

/**
 * The front neck edge from the left neck point to the right one. Product pictures show the inner back of the
 * garment above it, so the silhouette alone does not tell. First an area of one colour below the top edge (the
 * inner back) is looked for, then a curve with a clear edge; if there is neither, the silhouette's own dip is taken.
 */
export function findNeckline(look: GarmentLook): Point[] {
  // The back neckband may hide the inner back's upper rim: the second try looks deeper.
  return innerBackEdge(look, [5, 8]) ?? innerBackEdge(look, [16, 22]) ?? bestCurve(look) ?? ownDip(look)
}

/** A plain round neck between the neck points, half as deep as its half width: what lies under a hood. */
export function roundNeckline(corners: Corners): Point[] {
  const half = (corners.neck_right.x - corners.neck_left.x) / 2
  return curve(corners.neck_left, corners.neck_right, (u) => half * 0.5 * Math.sqrt(Math.max(0, 1 - u * u)))
}

function labAt(look: GarmentLook, x: number, y: number): [number, number, number] | null {
  if (!isGarment(look.contour, x, y)) return null
  const i = Math.round(y) * look.contour.mask.width + Math.round(x)
  return [look.lab[i * 3] ?? 0, look.lab[i * 3 + 1] ?? 0, look.lab[i * 3 + 2] ?? 0]
}

/** The lower edge of the inner back by flood; null unless it is bounded, symmetric and unlike the chest below. */
function innerBackEdge(look: GarmentLook, depths: number[]): Point[] | null {
  const area = floodInnerBack(look, depths)
  if (area === null) return null
  const { corners } = look
  const neck = neckSpan(corners)
  let left = Math.round(neck.middle)
  let right = left
  const lowest = area.lowest
  while ((lowest.get(left - 1) ?? -1) >= 0) left--
  while ((lowest.get(right + 1) ?? -1) >= 0) right++
  if (right - left < neck.half * 0.9) return null
  const radius = Math.max(3, Math.round(neck.half * 0.08))
  const smooth = (x: number): number => {
    const window = Array.from(
      { length: 2 * radius + 1 },
      (_, k) => lowest.get(clamp(x + k - radius, left, right)) ?? 0,
    )
    return quantile(window, 0.6)
  }
  const edge = new Map<number, number>()
  for (let x = left; x <= right; x++) edge.set(x, smooth(x))
  const span = { left, right, radius, edge, colour: area.colour }
  return isPlausible(look, span) ? asNeckline(look, span) : null
}

type Span = {
  left: number
  right: number
  radius: number
  edge: Map<number, number>
  colour: [number, number, number]
}

function neckSpan(corners: Corners): { middle: number; half: number; y: number } {
  return {
    middle: (corners.neck_left.x + corners.neck_right.x) / 2,
    half: (corners.neck_right.x - corners.neck_left.x) / 2,
    y: (corners.neck_left.y + corners.neck_right.y) / 2,
  }
}

function labDistance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(((a[0] ?? 0) - (b[0] ?? 0)) * 0.8, (a[1] ?? 0) - (b[1] ?? 0), (a[2] ?? 0) - (b[2] ?? 0))
}

type InnerBack = { lowest: Map<number, number>; colour: [number, number, number] }

function floodInnerBack(look: GarmentLook, depths: number[]): InnerBack | null {
  const { contour, corners } = look
  const { width, height } = contour.mask
  const neck = neckSpan(corners)
  const reach = 0.98 * Math.min(neck.middle - corners.shoulder_left.x, corners.shoulder_right.x - neck.middle)
  const box = {
    left: Math.max(1, Math.floor(neck.middle - reach)),
    right: Math.min(width - 2, Math.ceil(neck.middle + reach)),
    bottom: Math.min(height - 2, Math.round(neck.y + 3.4 * neck.half)),
  }
  const seeds = innerBackSeeds(look, depths)
  if (seeds.length < 6) return null
  const channel = (c: 0 | 1 | 2): number =>
    quantile(
      seeds.map((seed) => seed.lab[c]),
      0.5,
    )
  const colour: [number, number, number] = [channel(0), channel(1), channel(2)]
  const isBack = (x: number, y: number): boolean => {
    const lab = labAt(look, x, y)
    return lab !== null && labDistance(lab, colour) < 9
  }
  const seen = new Set<number>()
  const queue: Point[] = []
  const push = (x: number, y: number): void => {
    const key = y * width + x
    if (x < box.left || x > box.right || y < 1 || y > box.bottom || seen.has(key) || !isBack(x, y)) return
    seen.add(key)
    queue.push({ x, y })
  }
  for (const seed of seeds) push(seed.x, seed.y)
  if (queue.length < seeds.length * 0.3) return null
  const lowest = new Map<number, number>()
  let leak = 0
  for (let k = 0; k < queue.length; k++) {
    const { x, y } = queue[k] ?? { x: 0, y: 0 }
    if (y >= box.bottom - 1) leak++
    if (y > (lowest.get(x) ?? -1)) lowest.set(x, y)
    push(x - 1, y)
    push(x + 1, y)
    push(x, y - 1)
    push(x, y + 1)
  }
  const room = (box.right - box.left) * 1.6 * neck.half
  const isBounded =
    leak <= neck.half * 0.12 && queue.length <= room * 0.5 && queue.length >= neck.half ** 2 * 0.1
  return isBounded ? { lowest, colour } : null
}

function innerBackSeeds(
  look: GarmentLook,
  depths: number[],
): { x: number; y: number; lab: [number, number, number] }[] {
  const { contour, corners } = look
  const neck = neckSpan(corners)
  const out: { x: number; y: number; lab: [number, number, number] }[] = []
  for (let x = Math.ceil(neck.middle - neck.half * 0.7); x <= neck.middle + neck.half * 0.7; x += 2) {
    const top = topAt(contour, x)
    if (top === null) continue
    for (const below of depths) {
      const lab = labAt(look, x, top + below)
      if (lab !== null) out.push({ x, y: top + below, lab })
    }
  }
  return out
}

function isPlausible(look: GarmentLook, span: Span): boolean {
  const { left, right, radius, edge, colour } = span
  const neck = neckSpan(look.corners)
  let unlike = 0
  let lighter = 0
  let count = 0
  for (let x = left + radius; x <= right - radius; x += 2) {
    const lab = labAt(look, x, (edge.get(x) ?? 0) + neck.half * 0.12)
    if (lab === null) continue
    unlike += labDistance(lab, colour)
    lighter += colour[0] - lab[0]
    count++
  }
  // The inner back lies in shade: a patch much lighter than the chest below is a print.
  if (count === 0 || unlike / count < 6 || lighter / count > 14) return false
  let skew = 0
  let pairs = 0
  for (let k = 2; k < Math.min(neck.middle - left, right - neck.middle) - radius; k += 2) {
    skew += Math.abs(
      (edge.get(Math.round(neck.middle + k)) ?? 0) - (edge.get(Math.round(neck.middle - k)) ?? 0),
    )
    pairs++
  }
  if (pairs > 0 && skew / pairs > 0.14 * neck.half) return false
  const depth = Math.max(...edge.values()) - neck.y
  const half = (right - left) / 2
  return depth <= 1.15 * half || (depth <= 3.2 * half && isNarrowing(span, neck.y + depth / 2))
}

/** A V: half-way down it is clearly narrower than at the top. */
function isNarrowing(span: Span, y: number): boolean {
  const wide = [...span.edge.values()].filter((bottom) => bottom >= y).length
  return wide < 0.72 * (span.right - span.left)
}

function asNeckline(look: GarmentLook, span: Span): Point[] {
  const { left, right, edge } = span
  const startY = topAt(look.contour, left) ?? 0
  const endY = topAt(look.contour, right) ?? 0
  return Array.from({ length: steps }, (_, k) => {
    const u = (k / (steps - 1)) * 2 - 1
    const x = Math.round(lerp(left, right, k / (steps - 1)))
    const base = lerp(startY, endY, k / (steps - 1))
    const ends = Math.abs(u) > 0.94 ? (1 - Math.abs(u)) / 0.06 : 1
    const here = edge.get(x) ?? base
    const bottom = (here + (edge.get(left + right - x) ?? here)) / 2
    return { x, y: base + Math.max(0, bottom + 2 - base) * ends }
  })
}

/** The round or V-shaped curve with the strongest colour step across it, dark above (inside) and light below. */
function bestCurve(look: GarmentLook): Point[] | null {
  const { contour, corners } = look
  const neck = neckSpan(corners)
  const reach = 0.97 * Math.min(neck.middle - corners.shoulder_left.x, corners.shoulder_right.x - neck.middle)
  let best: { score: number; line: Point[] } = { score: 9, line: [] }
  for (const widening of [1, 1.2, 1.4, 1.65, 1.9]) {
    const half = neck.half * widening
    if (half > reach && widening > 1) break
    const left =
      widening === 1
        ? corners.neck_left
        : { x: neck.middle - half, y: topAt(contour, neck.middle - half) ?? 0 }
    const right =
      widening === 1
        ? corners.neck_right
        : { x: neck.middle + half, y: topAt(contour, neck.middle + half) ?? 0 }
    for (const shape of shapes) {
      for (
        let depth = half * 0.12;
        depth < half * shape.deepest;
        depth += Math.max(1, contour.mask.height * 0.002)
      ) {
        const line = curve(left, right, (u) => depth * shape.height(u))
        const score = edgeScore(look, line) * (1 - 0.06 * (widening - 1))
        if (score > best.score) best = { score, line }
      }
    }
  }
  return best.line.length > 0 ? best.line : null
}

const shapes = [
  { height: (u: number) => Math.sqrt(Math.max(0, 1 - u * u)), deepest: 0.95 },
  { height: (u: number) => Math.max(0, 1 - u * u) ** 0.8, deepest: 0.95 },
  { height: (u: number) => 1 - Math.abs(u), deepest: 1.9 },
] as const

function curve(left: Point, right: Point, depth: (u: number) => number): Point[] {
  return Array.from({ length: steps }, (_, k) => {
    const share = k / (steps - 1)
    return { x: lerp(left.x, right.x, share), y: lerp(left.y, right.y, share) + depth(share * 2 - 1) }
  })
}

function edgeScore(look: GarmentLook, line: Point[]): number {
  const offset = Math.max(2, Math.round(look.contour.mask.height * 0.004))
  let strength = 0
  let darker = 0
  let missing = 0
  let count = 0
  for (let k = 2; k < line.length - 2; k++) {
    const { x, y } = line[k] ?? { x: 0, y: 0 }
    const above = labAt(look, x, y - offset)
    const below = labAt(look, x, y + offset)
    count++
    const step = above === null || below === null ? 0 : Math.min(40, labDistance(above, below))
    strength += below === null ? -40 : step
    if (step < 3) missing++
    if (above !== null && below !== null) darker += clamp(above[0] - below[0], -15, 15)
  }
  if (darker / count > -1.2) return 0
  return (strength / count) * (1 - missing / count)
}

/** No inner back to be seen (a tank top from the front): the top edge itself is the neckline. */
function ownDip(look: GarmentLook): Point[] {
  const { neck_left, neck_right } = look.corners
  return curve(neck_left, neck_right, () => 0).map((point) => {
    const top = topAt(look.contour, point.x)
    return { x: point.x, y: Math.max(point.y, top ?? point.y) }
  })
}
