import type { SleeveOutline, TopOutline } from '../../engine/garment-cut.ts'
import { type Curve, mirror, slice } from '../geometry/curve.ts'
import type { SleeveShape, TopShape } from './top-shape.ts'

/** The template's own curves are the landmarks: nothing has to be detected. Body units. */
export function outlineOf(shape: TopShape): TopOutline {
  const left = shape.sleeves.find((sleeve) => sleeve.side === -1)
  const right = shape.sleeves.find((sleeve) => sleeve.side === 1)
  return {
    neckline: points(shape.neckline, 13),
    shoulder_left: points(mirror(shape.shoulderRight), 5),
    shoulder_right: points(shape.shoulderRight, 5),
    side_left: points(mirror(shape.sideRight), 7),
    side_right: points(shape.sideRight, 7),
    hem: points(shape.hem, 9),
    sleeve_left: left === undefined ? null : sleeveOutline(left),
    sleeve_right: right === undefined ? null : sleeveOutline(right),
  }
}

function sleeveOutline(sleeve: SleeveShape): SleeveOutline {
  return { outer: points(sleeve.outer, 8), inner: points(sleeve.inner, 8) }
}

function points(curve: Curve, count: number): { x: number; y: number }[] {
  return [...slice(curve, 0, 1, count)]
}
