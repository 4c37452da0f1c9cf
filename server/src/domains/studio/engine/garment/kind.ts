import type { GarmentKind } from '../garment-cut.ts'
import { type Contour, topAt } from './contour.ts'
import type { Corners } from './landmarks.ts'

/** What the silhouette is. Shapes, not labels: a long flared tunic may count as a dress. */
export function kindOf(contour: Contour, corners: Corners | null): GarmentKind {
  if (hasTwoLegs(contour)) return 'trousers'
  if (corners === null) return 'other'
  if (!corners.has_sleeves && hasFlatTop(contour)) return 'skirt'
  const chest = corners.armpit_right.x - corners.armpit_left.x
  const length = corners.hem_row - (corners.shoulder_left.y + corners.shoulder_right.y) / 2
  const hem = corners.hem_right.x - corners.hem_left.x
  if (length > chest * 2.2 || (length > chest * 1.6 && hem > narrowest(contour, corners) * 1.75))
    return 'dress'
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

/** A waistband: the top edge is level over most of the top row's width. Straps and shoulders are not. */
function hasFlatTop(contour: Contour): boolean {
  const height = contour.bottom - contour.top
  const run = contour.runAt(contour.top + height * 0.03)
  if (run === null || contour.runsAt(contour.top + height * 0.03).length > 1) return false
  const width = run.right - run.left
  const heights: number[] = []
  for (let share = 0.1; share <= 0.9; share += 0.02) {
    const y = topAt(contour, run.left + width * share)
    if (y !== null) heights.push(y)
  }
  return width > 0.35 * contour.body_width && Math.max(...heights) - Math.min(...heights) < 0.018 * height
}

/** Width of the waist: the narrowest central run below 30 % of the height. */
function narrowest(contour: Contour, corners: Corners): number {
  let width = contour.right - contour.left
  for (let y = contour.top + (contour.bottom - contour.top) * 0.3; y < corners.hem_row; y += 2) {
    const run = contour.runAt(y)
    if (run !== null) width = Math.min(width, run.right - run.left)
  }
  return Math.max(1, width)
}
