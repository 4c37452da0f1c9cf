import { type GarmentSpec, hasDetail } from '../spec.ts'

export type LegMeasures = {
  readonly waistY: number
  readonly waistHalf: number
  readonly band: number
  readonly hipY: number
  readonly hipHalf: number
  readonly crotchY: number
  readonly thighOuter: number
  /** Points of the leg below the thigh: y, centre, half width. */
  readonly knees: readonly (readonly [y: number, centre: number, half: number])[]
  readonly hemY: number
  readonly hemCentre: number
  readonly hemHalf: number
}

const widths = {
  skinny: { knee: 27, hem: 19, spread: 42 },
  straight: { knee: 34, hem: 31, spread: 50 },
  wide: { knee: 48, hem: 54, spread: 60 },
  flare: { knee: 30, hem: 47, spread: 56 },
} as const

/** Measures of a pair of legs; the same figure wears every cut. */
export function legMeasures(spec: GarmentSpec): LegMeasures {
  const waistY = hasDetail(spec, 'high_waist') ? 232 : 250
  const kids = spec.wearer === 'kids' ? 0.84 : 1
  const leg = widths[spec.type === 'leggings' ? 'skinny' : spec.leg]
  const tight = spec.type === 'leggings' ? 4 : 0
  const base = {
    waistY,
    waistHalf: hasDetail(spec, 'high_waist') ? 70 : 75,
    band: 19,
    hipY: 345,
    hipHalf: 101 - tight + (spec.leg === 'wide' ? 4 : 0),
    crotchY: 412,
    thighOuter: 102 - tight * 1.5 + (spec.leg === 'wide' ? 8 : spec.leg === 'skinny' ? -3 : 0),
  }
  if (spec.type === 'shorts') return { ...base, ...shortLegs(spec, base.thighOuter) }
  const cropped = spec.length === 'mini' || spec.length === 'short' ? -90 : spec.length === 'midi' ? -60 : 0
  const hemY = base.crotchY + (892 + cropped - base.crotchY) * kids
  const kneeY = base.crotchY + (640 - base.crotchY) * kids
  const gathered = spec.type === 'joggers'
  const calf: readonly [number, number, number] = [
    kneeY + (hemY - kneeY) * 0.55,
    leg.spread * 0.99,
    (leg.knee + (gathered ? 26 : leg.hem)) / 2 - (spec.leg === 'flare' ? 4 : 0),
  ]
  return {
    ...base,
    knees: [[kneeY, leg.spread - 1 + (gathered ? 2 : 0), leg.knee - tight + (gathered ? 6 : 0)], calf],
    hemY,
    hemCentre: leg.spread,
    hemHalf: gathered ? 19 : leg.hem - tight,
  }
}

function shortLegs(
  spec: GarmentSpec,
  thighOuter: number,
): Pick<LegMeasures, 'knees' | 'hemY' | 'hemCentre' | 'hemHalf'> {
  const hemY =
    spec.length === 'mini' || spec.length === 'short'
      ? 490
      : spec.length === 'midi' || spec.wearer === 'men'
        ? 610
        : 540
  const outer = thighOuter + (spec.leg === 'wide' ? 14 : spec.leg === 'skinny' ? -8 : 5)
  const half = (outer - 9) / 2
  const middle = (hemY + 412) / 2 + 20
  return { knees: [[middle, 7 + half, half - 1]], hemY, hemCentre: 9 + half, hemHalf: half }
}
