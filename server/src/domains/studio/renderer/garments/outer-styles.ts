import { type GarmentSpec, hasDetail } from '../spec.ts'

export type OuterStyle = {
  readonly ease: number
  readonly hemY: number
  readonly waist: number
  readonly flare: number
  /** Bottom of the front opening, units below the neck. */
  readonly neckDepth: number
  readonly opening: 'lapel' | 'stand' | 'collar' | 'v' | 'round' | 'chapan'
  readonly lapel: number
  readonly ribbed: boolean
  readonly cuffed: boolean
  readonly closing: 'buttons' | 'zip' | 'double' | 'none' | 'biker'
  readonly buttons: number
  readonly pockets: 'flap' | 'welt' | 'patch' | 'chest' | 'none'
  readonly seams: 'princess' | 'yoke' | 'none'
  readonly quilt: number | null
  readonly crumple: number
  readonly belted: boolean
}

const jacket: OuterStyle = {
  ease: 12,
  hemY: 340,
  waist: 0,
  flare: -8,
  neckDepth: 30,
  opening: 'stand',
  lapel: 26,
  ribbed: true,
  cuffed: false,
  closing: 'zip',
  buttons: 0,
  pockets: 'welt',
  seams: 'none',
  quilt: null,
  crumple: 1.1,
  belted: false,
}

const blazer: OuterStyle = {
  ...jacket,
  ease: 8,
  hemY: 378,
  waist: 0.75,
  flare: 4,
  neckDepth: 176,
  opening: 'lapel',
  ribbed: false,
  closing: 'buttons',
  buttons: 2,
  pockets: 'flap',
  seams: 'princess',
  crumple: 0.55,
}

const coat: OuterStyle = {
  ...blazer,
  ease: 16,
  hemY: 560,
  waist: 0.45,
  flare: 14,
  neckDepth: 160,
  lapel: 32,
  buttons: 3,
  crumple: 0.6,
}

/** Cuts that depend on nothing but the kind of garment. */
const fixed = {
  cardigan: {
    ...jacket,
    ease: 8,
    hemY: 372,
    flare: -6,
    neckDepth: 132,
    opening: 'v',
    closing: 'buttons',
    buttons: 5,
    pockets: 'none',
    crumple: 0.7,
  },
  denim_jacket: {
    ...jacket,
    ease: 10,
    hemY: 318,
    flare: -6,
    neckDepth: 36,
    opening: 'collar',
    ribbed: false,
    cuffed: true,
    closing: 'buttons',
    buttons: 6,
    pockets: 'chest',
    seams: 'yoke',
    crumple: 0.9,
  },
  leather_jacket: {
    ...jacket,
    ease: 7,
    hemY: 306,
    waist: 0.4,
    flare: -4,
    neckDepth: 62,
    opening: 'lapel',
    lapel: 38,
    ribbed: false,
    closing: 'biker',
    crumple: 1,
  },
  puffer: {
    ...jacket,
    ease: 24,
    hemY: 372,
    flare: -2,
    quilt: 31,
    ribbed: false,
    crumple: 0.7,
    pockets: 'none',
  },
  trench: {
    ...coat,
    ease: 13,
    hemY: 540,
    neckDepth: 120,
    lapel: 38,
    closing: 'double',
    pockets: 'welt',
    crumple: 0.8,
    belted: true,
  },
  chapan: {
    ...coat,
    ease: 20,
    hemY: 560,
    waist: 0,
    flare: 30,
    neckDepth: 190,
    opening: 'chapan',
    closing: 'none',
    pockets: 'none',
    seams: 'none',
  },
} as const satisfies Record<string, OuterStyle>

/** How each kind of outerwear is cut and closed. */
export function outerStyle(spec: GarmentSpec): OuterStyle {
  const belted = hasDetail(spec, 'belt')
  const closing = hasDetail(spec, 'double_breasted') ? 'double' : 'buttons'
  switch (spec.type) {
    case 'cardigan':
      return { ...fixed.cardigan, belted, pockets: hasDetail(spec, 'pockets') ? 'patch' : 'none' }
    case 'denim_jacket':
    case 'leather_jacket':
    case 'puffer':
    case 'trench':
      return fixed[spec.type]
    case 'chapan':
      return { ...fixed.chapan, belted }
    case 'blazer':
      return { ...blazer, belted, closing }
    case 'coat':
      return { ...coat, belted, closing }
    case 'vest':
      return vestStyle(spec)
    default:
      return { ...jacket, belted, closing: hasDetail(spec, 'buttons') ? 'buttons' : 'zip', buttons: 6 }
  }
}

function vestStyle(spec: GarmentSpec): OuterStyle {
  if (spec.fabric === 'nylon')
    return { ...jacket, ease: 18, hemY: 352, quilt: 30, ribbed: false, pockets: 'none' }
  if (spec.fabric === 'knit')
    return {
      ...jacket,
      ease: 6,
      hemY: 340,
      neckDepth: 110,
      opening: 'v',
      closing: 'buttons',
      buttons: 5,
      pockets: 'none',
    }
  return { ...blazer, ease: 0, hemY: 336, neckDepth: 150, opening: 'v', buttons: 5, flare: -2 }
}
