import type { Contour } from './contour.ts'
import type { Corners } from './landmarks.ts'

/** A hood lying above the shoulders: on a person it falls behind the neck, so it is cut away below `base_row`. */
export type Hood = { base_row: number; corners: Corners }

/**
 * A hood makes the "neck points" stand far above the shoulder tips. Its base is the row, going up from the armpits,
 * where the silhouette has narrowed to .8 of the shoulders. @returns null when there is no hood
 */
export function findHood(contour: Contour, corners: Corners): Hood | null {
  const height = contour.bottom - contour.top
  const neckY = (corners.neck_left.y + corners.neck_right.y) / 2
  const tipY = (corners.shoulder_left.y + corners.shoulder_right.y) / 2
  if (!corners.has_sleeves || tipY - neckY < 0.14 * height) return null
  const span = corners.shoulder_right.x - corners.shoulder_left.x
  for (let y = Math.round(corners.armpit_left.y); y > contour.top; y--) {
    const run = contour.runAt(y)
    if (run === null) return null
    if (run.right - run.left > span * 0.8) continue
    // The hood is wider than the neck opening below it.
    const inset = (run.right - run.left) * 0.18
    const neckLeft = { x: run.left + inset, y }
    const neckRight = { x: run.right - inset, y }
    return { base_row: y, corners: { ...corners, neck_left: neckLeft, neck_right: neckRight } }
  }
  return null
}
