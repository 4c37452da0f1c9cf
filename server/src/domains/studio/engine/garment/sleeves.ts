import { clamp, mixPoints, quantile } from '../../raster/math.ts'
import type { Point } from '../../raster/types.ts'
import type { SleeveOutline } from '../garment-cut.ts'
import { type Contour, isGarment, type Side } from './contour.ts'

type Armhole = { side: Side; shoulder: Point; armpit: Point; hem: Point; leaves: Point | null }

/** The sleeve outside an armhole. @returns null when there is no piece of cloth worth the name */
export function findSleeve(contour: Contour, armhole: Armhole): SleeveOutline | null {
  const pixels = sleevePixels(contour, armhole)
  const { width, height } = contour.mask
  if (pixels.length < 0.002 * width * height) return null
  const cuff = findCuff(pixels, armhole)
  const { shoulder, armpit } = armhole
  return {
    outer: followEdge(contour, { from: shoulder, to: cuff.outer, away: armpit }),
    inner: innerLine(contour, armhole, cuff.inner),
  }
}

/**
 * Garment pixels outside the line shoulder → armpit → hem corner, connected to the armhole.
 * Below the armpit the line keeps a margin so that a flared body does not count as sleeve.
 */
function sleevePixels(contour: Contour, armhole: Armhole): Point[] {
  const { side, shoulder, armpit, hem } = armhole
  const { width } = contour.mask
  const border = (y: number): number => {
    if (y <= armpit.y) {
      return shoulder.x + (armpit.x - shoulder.x) * ((y - shoulder.y) / (armpit.y - shoulder.y || 1))
    }
    const share = clamp((y - armpit.y) / (hem.y - armpit.y || 1), 0, 1)
    const straight = armpit.x + (hem.x - armpit.x) * share
    return side < 0 ? Math.min(armpit.x, straight) - 2 : Math.max(armpit.x, straight) + 2
  }
  const isSleeve = (x: number, y: number): boolean => (x - border(y)) * side > 0 && isGarment(contour, x, y)
  const seen = new Set<number>()
  const queue: Point[] = []
  const push = (x: number, y: number): void => {
    const key = y * width + x
    if (seen.has(key) || !isSleeve(x, y)) return
    seen.add(key)
    queue.push({ x, y })
  }
  for (let share = 0.1; share <= 0.9; share += 0.05) {
    const start = mixPoints(shoulder, armpit, share)
    push(Math.round(start.x + side * 3), Math.round(start.y))
  }
  for (let k = 0; k < queue.length; k++) {
    const point = queue[k]
    if (point === undefined) break
    push(point.x - 1, point.y)
    push(point.x + 1, point.y)
    push(point.x, point.y - 1)
    push(point.x, point.y + 1)
  }
  return queue
}

/** The far end of the sleeve: its two corners, the one on the shoulder's side first. */
function findCuff(pixels: Point[], armhole: Armhole): { outer: Point; inner: Point } {
  const middle = mixPoints(armhole.shoulder, armhole.armpit, 0.5)
  const axis = sleeveAxis(pixels, middle)
  const along = (p: Point): number => (p.x - middle.x) * axis.x + (p.y - middle.y) * axis.y
  const aside = (p: Point): number => (p.y - middle.y) * axis.x - (p.x - middle.x) * axis.y
  const length = quantile(pixels.map(along), 0.985)
  const end = pixels.filter((pixel) => along(pixel) > length * 0.86)
  const towardsShoulder = Math.sign(aside(armhole.shoulder)) || 1
  const corner = (sign: number): Point => {
    const score = (p: Point): number => aside(p) * sign + 0.6 * (along(p) - length)
    const first = end[0] ?? middle
    return end.reduce((a, b) => (score(b) > score(a) ? b : a), first)
  }
  return { outer: corner(towardsShoulder), inner: corner(-towardsShoulder) }
}

/** Direction from the armhole to the mean of the farthest 6 % of the pixels, found in three rounds. */
function sleeveAxis(pixels: Point[], middle: Point): Point {
  let axis = unit(meanOf(pixels), middle)
  for (let round = 0; round < 3; round++) {
    const along = (p: Point): number => (p.x - middle.x) * axis.x + (p.y - middle.y) * axis.y
    const limit = quantile(pixels.map(along), 0.94)
    axis = unit(meanOf(pixels.filter((pixel) => along(pixel) >= limit)), middle)
  }
  return axis
}

function unit(point: Point, origin: Point): Point {
  const length = Math.hypot(point.x - origin.x, point.y - origin.y) || 1
  return { x: (point.x - origin.x) / length, y: (point.y - origin.y) / length }
}

function meanOf(points: Point[]): Point {
  let x = 0
  let y = 0
  for (const point of points) {
    x += point.x
    y += point.y
  }
  return { x: x / (points.length || 1), y: y / (points.length || 1) }
}

/** Down the body as far as the sleeve lies against it, then along its own edge. */
function innerLine(contour: Contour, armhole: Armhole, cuff: Point): Point[] {
  const { armpit, leaves, shoulder } = armhole
  if (leaves === null) return followEdge(contour, { from: armpit, to: cuff, away: shoulder })
  return [armpit, ...followEdge(contour, { from: leaves, to: cuff, away: shoulder })]
}

const edgePoints = 9

/** Nine points between the ends, each moved along the normal to the silhouette's edge; `away` lies across the sleeve. */
function followEdge(contour: Contour, edge: { from: Point; to: Point; away: Point }): Point[] {
  const { from, to, away } = edge
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const normal = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length }
  const outwards = Math.sign(normal.x * (from.x - away.x) + normal.y * (from.y - away.y)) || 1
  const n = { x: normal.x * outwards, y: normal.y * outwards }
  const reach = length * 0.25
  return Array.from({ length: edgePoints }, (_, i) => {
    const base = mixPoints(from, to, i / (edgePoints - 1))
    if (i === 0 || i === edgePoints - 1) return base
    const offset = edgeOffset((s) => isGarment(contour, base.x + n.x * s, base.y + n.y * s), reach)
    return { x: base.x + n.x * offset, y: base.y + n.y * offset }
  })
}

/** How far outwards (or, from outside, inwards) the edge lies; 0 when it is not within reach. */
function edgeOffset(isInside: (s: number) => boolean, reach: number): number {
  const starts = isInside(0)
  for (let s = 1; s < reach; s++) {
    if (starts && !isInside(s)) return s
    if (!starts && isInside(-s)) return -s
  }
  return 0
}
