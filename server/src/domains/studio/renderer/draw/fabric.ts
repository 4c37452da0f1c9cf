import { smoothstep } from '../../raster/math.ts'
import type { FabricName } from '../spec.ts'
import { fbm, hash, noise, ridged } from './noise.ts'

/** How a cloth answers light. */
export type Material = {
  /** Strength and tightness of the highlight. */
  readonly gloss: number
  readonly shininess: number
  /** Glow at grazing angles (velvet, fleece). */
  readonly sheen: number
  /** How deep folds are, 1 for cotton. */
  readonly foldiness: number
  /** How uneven it lies between the folds. */
  readonly crumple: number
  /** Share of sharp small creases, 0..1. */
  readonly crispness: number
}

export const materials: Readonly<Record<FabricName, Material>> = {
  cotton: { gloss: 0.02, shininess: 8, sheen: 0, foldiness: 1, crumple: 1, crispness: 0.35 },
  denim: { gloss: 0.03, shininess: 8, sheen: 0, foldiness: 0.95, crumple: 0.95, crispness: 0.6 },
  knit: { gloss: 0.01, shininess: 6, sheen: 0.05, foldiness: 0.6, crumple: 0.6, crispness: 0 },
  linen: { gloss: 0.02, shininess: 8, sheen: 0, foldiness: 1.15, crumple: 1.15, crispness: 1 },
  leather: { gloss: 0.42, shininess: 22, sheen: 0, foldiness: 1.15, crumple: 1.1, crispness: 0.5 },
  suede: { gloss: 0.01, shininess: 6, sheen: 0.12, foldiness: 0.8, crumple: 0.8, crispness: 0.1 },
  velvet: { gloss: 0.04, shininess: 6, sheen: 0.5, foldiness: 1.1, crumple: 0.75, crispness: 0 },
  silk: { gloss: 0.34, shininess: 14, sheen: 0.04, foldiness: 1.45, crumple: 0.55, crispness: 0.1 },
  wool: { gloss: 0.01, shininess: 6, sheen: 0.06, foldiness: 0.6, crumple: 0.6, crispness: 0 },
  fleece: { gloss: 0, shininess: 4, sheen: 0.14, foldiness: 0.7, crumple: 0.7, crispness: 0 },
  corduroy: { gloss: 0.03, shininess: 8, sheen: 0.15, foldiness: 0.8, crumple: 0.8, crispness: 0.1 },
  chiffon: { gloss: 0.06, shininess: 10, sheen: 0.06, foldiness: 1.3, crumple: 0.6, crispness: 0.2 },
  nylon: { gloss: 0.16, shininess: 18, sheen: 0, foldiness: 1.1, crumple: 1.05, crispness: 0.7 },
}

/** Brightness of the weave at a place of the cloth (body units): 0 is neutral, ±.1 is already rough. */
export type Weave = (u: number, v: number) => number

/** Weave finer than about two pixels would only flicker: it fades out as the picture gets smaller. */
function visible(period: number, scale: number): number {
  return smoothstep(1.5, 3.2, period * scale)
}

export function weaveOf(fabric: FabricName, scale: number): Weave {
  switch (fabric) {
    case 'denim':
      return denim(scale)
    case 'knit':
      return stockinette(scale)
    case 'linen':
      return (u, v) => (noise(u / 0.6, v / 13, 4) - 0.5) * 0.13 + (noise(u / 13, v / 0.6, 6) - 0.5) * 0.13
    case 'leather':
      return (u, v) => (ridged(u / 2.1, v / 2.1, 31) - 0.4) * -0.06 + (fbm(u / 9, v / 9, 33, 2) - 0.38) * 0.1
    case 'suede':
      return (u, v) => (fbm(u / 14, v / 18, 12, 3) - 0.44) * 0.22 + (noise(u / 0.6, v / 0.6, 13) - 0.5) * 0.07
    case 'velvet':
      return (u, v) => (fbm(u / 10, v / 20, 12, 3) - 0.44) * 0.2 + (noise(u / 0.5, v / 0.9, 14) - 0.5) * 0.05
    case 'silk':
      return (u, v) => (noise(u / 0.5, v / 9, 3) - 0.5) * 0.02
    case 'wool':
      return (u, v) =>
        (fbm(u / 3.2, v / 3.2, 21, 2) - 0.38) * 0.14 + (noise(u / 0.55, v / 0.55, 22) - 0.5) * 0.12
    case 'fleece':
      return (u, v) => (fbm(u / 2.6, v / 2.6, 41, 2) - 0.38) * 0.26
    case 'corduroy':
      return corduroy(scale)
    case 'chiffon':
      return (u, v) => (noise(u / 0.5, v / 0.5, 3) - 0.5) * 0.03
    case 'nylon':
      return (u, v) => (noise(u / 0.6, v / 0.6, 8) - 0.5) * 0.03
    case 'cotton':
      return cotton(scale)
  }
}

function cotton(scale: number): Weave {
  const lines = 0.014 * visible(1.6, scale)
  return (u, v) => lines * Math.cos(u * 3.9) + (noise(u / 0.6, v / 0.6, 2) - 0.5) * 0.045
}

function denim(scale: number): Weave {
  const twill = 0.07 * visible(2, scale)
  return (u, v) => {
    const warp = (noise(u / 0.7, v / 24, 51) - 0.5) * 0.2
    const slub = (noise(u / 1.6, v / 9, 52) - 0.5) * 0.1
    const grain = (noise(u / 0.5, v / 0.5, 53) - 0.5) * 0.16
    return twill * Math.sin((u + v * 0.8) * 3.1) + warp + slub + grain
  }
}

const stitchWidth = 4.6
const stitchHeight = 3.7

/** Columns of V-shaped loops. */
function stockinette(scale: number): Weave {
  const strength = visible(stitchHeight, scale)
  if (strength === 0) return (u, v) => (noise(u / 1.2, v / 1.2, 61) - 0.5) * 0.1
  return (u, v) => {
    const column = u / stitchWidth - Math.floor(u / stitchWidth) - 0.5
    const side = Math.abs(column)
    const leg = Math.cos(((v / stitchHeight + side * 1.5) % 1) * 2 * Math.PI)
    const gap = smoothstep(0.07, 0, side) + smoothstep(0.4, 0.5, side)
    const thread = 0.1 * leg - 0.15 * gap + 0.05
    return strength * thread + (noise(u / 0.7, v / 0.7, 61) - 0.5) * 0.07
  }
}

/** Upright ribs of cuffs, collars and hems. */
export function ribWeave(scale: number, isHeavy: boolean): Weave {
  const period = isHeavy ? 3.6 : 2.2
  const strength = (isHeavy ? 0.2 : 0.07) * visible(period, scale)
  return (u, v) =>
    strength * (Math.cos((u / period) * 2 * Math.PI) - 0.1) + (noise(u / 0.8, v / 0.8, 71) - 0.5) * 0.06
}

function corduroy(scale: number): Weave {
  const period = 3.6
  const strength = 0.17 * visible(period, scale)
  return (u, v) => strength * Math.cos((u / period) * 2 * Math.PI) + (noise(u / 0.6, v / 3, 62) - 0.5) * 0.06
}

/** Braided cables for knitwear: two strands that cross, between plain columns. */
export function cableHeight(u: number, v: number): number {
  const period = 30
  const across = u - Math.round(u / period) * period
  if (Math.abs(across) > 11) return 0
  const turn = (v / 26) * 2 * Math.PI
  const first = across - 4.6 * Math.sin(turn)
  const second = across + 4.6 * Math.sin(turn)
  const a = Math.max(0, 1 - (first / 4.6) ** 2) * (1 + 0.3 * Math.cos(turn))
  const b = Math.max(0, 1 - (second / 4.6) ** 2) * (1 - 0.3 * Math.cos(turn))
  return 2.6 * Math.max(a, b)
}

/** A random tint of each weave cell, used for melange yarns. */
export function melange(u: number, v: number): number {
  return hash(Math.floor(u / 0.9), Math.floor(v / 1.4), 91) - 0.5
}
