import type { GarmentSpec, Neck } from '../spec.ts'
import type { SleeveMeasures, TopMeasures } from './top-shape.ts'

/** Ease is how much wider than the body a garment is, half widths in units. */
const easeOf = { slim: -7, regular: 0, oversize: 15 } as const

export type TopWish = {
  /** Ease on top of the fit: outerwear is wider than shirts. */
  readonly ease: number
  readonly hemY: number
  readonly hemDrop: number
  readonly neck: Neck
  /** Waist suppression 0 straight .. 1 strongly fitted. */
  readonly waist: number
  /** Half width of the hem relative to the chest, units. */
  readonly flare: number
}

const neckSizes: Readonly<Record<Neck, { half: number; depth: number }>> = {
  crew: { half: 37, depth: 30 },
  v: { half: 36, depth: 88 },
  scoop: { half: 53, depth: 76 },
  boat: { half: 70, depth: 18 },
  square: { half: 50, depth: 58 },
  turtle: { half: 35, depth: 22 },
  collar: { half: 36, depth: 30 },
  stand: { half: 36, depth: 26 },
}

export function topMeasures(spec: GarmentSpec, wish: TopWish): TopMeasures {
  const ease = easeOf[spec.fit] + wish.ease + (spec.wearer === 'men' ? 6 : 0)
  const usual = neckSizes[wish.neck]
  const neck =
    spec.sleeve === 'straps' ? { half: Math.max(usual.half, 54), depth: Math.max(62, usual.depth) } : usual
  const armpitHalf = 98 + ease
  const waistCut = wish.waist * (spec.wearer === 'women' ? 1 : 0.35) * (spec.fit === 'oversize' ? 0.15 : 1)
  const sleeveless = spec.sleeve === 'none' || spec.sleeve === 'straps'
  const shoulderHalf = sleeveless
    ? spec.sleeve === 'straps'
      ? neck.half + 9
      : Math.max(neck.half + 17, 78 + ease * 0.5)
    : 103 + ease * 0.95
  const stretch = spec.wearer === 'kids' ? 0.86 : 1
  const hemY = wish.hemY * stretch + (spec.fit === 'oversize' && wish.hemY < 420 ? 24 : 0)
  return {
    neckHalf: neck.half,
    neckY: neck.half > 60 ? 3 : -5,
    neckDepth: neck.depth,
    shoulderHalf,
    shoulderY: sleeveless ? 15 : 26 + Math.max(0, ease) * 0.35,
    armpitHalf,
    armpitY: (sleeveless ? 112 : 116) + ease * 0.75,
    waistHalf: armpitHalf - 3 - 20 * waistCut,
    waistY: Math.min(238, hemY - 60),
    hemHalf: armpitHalf + 1 + wish.flare,
    hemY,
    hemDrop: wish.hemDrop,
  }
}

export function sleeveMeasures(spec: GarmentSpec, extraEase: number): SleeveMeasures | null {
  const ease = (easeOf[spec.fit] + extraEase) * 0.42
  const kids = spec.wearer === 'kids' ? 0.92 : 1
  switch (spec.sleeve) {
    case 'none':
    case 'straps':
      return null
    case 'short':
      return {
        length: (spec.fit === 'oversize' ? 0.44 : 0.33) * kids,
        upperHalf: 39 + ease,
        middleHalf: 38 + ease,
        endHalf: 37 + ease,
        balloon: 0,
        spread: 34,
      }
    case 'puff':
      return {
        length: 0.34 * kids,
        upperHalf: 38 + ease,
        middleHalf: 36 + ease,
        endHalf: 25,
        balloon: 13,
        spread: 30,
      }
    case 'three_quarter':
      return {
        length: 0.66 * kids,
        upperHalf: 37 + ease,
        middleHalf: 28 + ease,
        endHalf: 24 + ease,
        balloon: 0,
        spread: 0,
      }
    case 'wide':
      return {
        length: 0.9 * kids,
        upperHalf: 37 + ease,
        middleHalf: 30 + ease,
        endHalf: 44 + ease,
        balloon: 0,
        spread: 0,
      }
    case 'long':
      return {
        length: kids,
        upperHalf: 37 + ease,
        middleHalf: 26 + ease,
        endHalf: 17 + ease * 0.7,
        balloon: 0,
        spread: 0,
      }
  }
}

/** Where the hem of a top lies for each length word. */
export function topHemY(spec: GarmentSpec, regular: number): number {
  switch (spec.length) {
    case 'mini':
      return 246
    case 'short':
      return regular - 34
    case 'regular':
      return regular
    case 'midi':
      return regular + 75
    case 'maxi':
      return regular + 160
  }
}
