import { type Curve, mirror } from '../geometry/curve.ts'
import { type Layer, type Line, layer, type Part, part, seam } from '../geometry/drawing.ts'
import { bodyFolds, type Random, sleeveFolds } from './folds.ts'
import type { SleeveShape, TopShape } from './top-shape.ts'

export type TopDressing = {
  readonly overlays: readonly Part[]
  readonly bodyLines: readonly Line[]
  readonly sleeveLines: (sleeve: SleeveShape) => readonly Line[]
  readonly more: Partial<Omit<Layer, 'name' | 'shells' | 'overlays'>>
  readonly sleeveCloth: 'main' | 'accent' | 'rib'
}

/** Body and sleeves as one continuous piece of cloth, armhole seams included. */
export function topLayer(shape: TopShape, dressing: TopDressing, random: Random): Layer {
  const armholes =
    shape.sleeves.length === 0 ? [] : [seam(shape.armholeRight, 1), seam(mirror(shape.armholeRight), 1)]
  const sleeves = shape.sleeves.map((sleeve) =>
    part(sleeve.curve, dressing.sleeveCloth, { frame: sleeve.frame, lines: dressing.sleeveLines(sleeve) }),
  )
  const body = part(shape.body, 'main', { lines: [...armholes, ...dressing.bodyLines] })
  return layer('body', [...sleeves, body], {
    overlays: dressing.overlays,
    openings: topOpenings(shape),
    folds: [...bodyFolds(shape.measures, random), ...sleeveFolds(shape.sleeves, random)],
    ...dressing.more,
  })
}

/** The body goes on below the hem, the arms beyond the cuffs, the neck above the neckline. */
export function topOpenings(shape: TopShape): readonly Curve[] {
  const reach = 60
  const below = [...shape.hem, ...shape.hem.map((point) => ({ x: point.x, y: point.y + reach })).reverse()]
  const neck = [
    ...shape.neckline,
    { x: shape.measures.neckHalf, y: -reach },
    { x: -shape.measures.neckHalf, y: -reach },
  ]
  return [below, neck, ...shape.sleeves.map(beyondMouth)]
}

function beyondMouth(sleeve: SleeveShape): Curve {
  const angle = sleeve.frame.angle
  const moved = sleeve.mouth.map(({ x, y }) => ({ x: x - Math.sin(angle) * 50, y: y + Math.cos(angle) * 50 }))
  return [...sleeve.mouth, ...moved.reverse()]
}
