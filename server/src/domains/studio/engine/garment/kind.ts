import { quantile } from '../../raster/math.ts'
import type { GarmentKind } from '../garment-cut.ts'
import { type Contour, topAt } from './contour.ts'
import type { Corners } from './landmarks.ts'

/**
 * What the silhouette is. Shapes, not labels: a long flared tunic may count as a dress, and coats do. The bounds lie
 * between the groups measured on 83 product pictures of our own renderer: tops reach 2.4 shoulder spans and 2.35
 * waists in length, coats and dresses begin at 2.5 (or are shorter and flare by more than a quarter).
 */
export function kindOf(contour: Contour, corners: Corners | null): GarmentKind {
  if (hasTwoLegs(contour)) return 'trousers'
  if (corners === null) return 'other'
  if (hasWaistband(contour, corners)) return 'skirt'
  const chest = corners.armpit_right.x - corners.armpit_left.x
  const length = corners.hem_row - (corners.shoulder_left.y + corners.shoulder_right.y) / 2
  const span = corners.shoulder_right.x - corners.shoulder_left.x
  const hem = corners.hem_right.x - corners.hem_left.x
  const waist = narrowest(contour, corners)
  const height = corners.hem_row - contour.top
  if (length > span * 2.45 || height > waist * 2.45) return 'dress'
  if (height > waist * 1.9 && hem > waist * 1.25) return 'dress'
  return length < chest * 0.45 ? 'other' : 'top'
}

/** Two runs of similar width in most rows of the lower third, with the axis in the gap between them. */
function hasTwoLegs(contour: Contour): boolean {
  const height = contour.bottom - contour.top
  let split = 0
  let rows = 0
  for (let y = contour.top + height * 0.65; y < contour.top + height * 0.95; y += 3) {
    rows++
    const runs = contour.runsAt(y)
    const [a, b] = runs.sort((p, q) => q.right - q.left - (p.right - p.left))
    if (a === undefined || b === undefined) continue
    const similar = b.right - b.left > 0.6 * (a.right - a.left)
    const left = Math.min(a.left, b.left)
    const right = Math.max(a.right, b.right)
    // Sleeves hanging beside a body make three runs; legs are two and together as wide as the whole.
    if (similar && runs.length === 2 && right - left > 0.6 * (contour.right - contour.left)) split++
  }
  return rows > 0 && split > rows * 0.7
}

/**
 * A level top edge that is wide (pencil skirt) or from which the sides go down steadily (all others). Level collars
 * are narrow and shoulders follow at once; the back of a tank top is not level.
 */
function hasWaistband(contour: Contour, corners: Corners): boolean {
  const height = contour.bottom - contour.top
  const runs = contour.runsAt(contour.top + height * 0.03)
  const run = runs[0]
  if (run === undefined || runs.length > 1) return false
  const heights: number[] = []
  for (let share = 0.1; share <= 0.9; share += 0.02) {
    const y = topAt(contour, run.left + (run.right - run.left) * share)
    if (y !== null) heights.push(y)
  }
  const unevenness = (Math.max(...heights) - Math.min(...heights)) / height
  const top = (run.right - run.left) / contour.body_width
  const below = contour.runAt(contour.top + height * 0.15)
  const growth = below === null ? 1 : (below.right - below.left) / contour.body_width - top
  if (top > 0.78 && unevenness < 0.013) return true
  return !corners.has_sleeves && top > 0.35 && unevenness < 0.018 && growth < 0.3
}

/** Width of the waist: nearly the narrowest central run below 30 % of the height (a torn edge is not a waist). */
function narrowest(contour: Contour, corners: Corners): number {
  const widths: number[] = []
  for (let y = contour.top + (contour.bottom - contour.top) * 0.3; y < corners.hem_row; y += 2) {
    const run = contour.runAt(y)
    if (run !== null) widths.push(run.right - run.left)
  }
  return Math.max(1, quantile(widths, 0.1))
}
