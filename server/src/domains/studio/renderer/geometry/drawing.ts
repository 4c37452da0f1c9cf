import type { GarmentKind, TopOutline } from '../../engine/garment-cut.ts'
import type { Hex } from '../spec.ts'
import type { Box, Curve } from './curve.ts'

/** A garment as geometry, in body units. Layers are listed from back to front. */
export type Drawing = {
  readonly kind: GarmentKind
  readonly layers: readonly Layer[]
  /** Where a close-up looks, and how wide a piece it shows. */
  readonly focus: { readonly x: number; readonly y: number; readonly width: number }
  /** Landmarks for fitting; null for everything that is not a top. */
  readonly outline: TopOutline | null
}

/** One continuous piece of cloth in space: it is inflated, folded and lit as a whole, and casts one shadow. */
export type Layer = {
  readonly name: string
  /** Lies in front of the wearer's body (belongs to the cut-out). */
  readonly front: boolean
  /** Lies behind the wearer (the inside of a back, a hood): drawn before the figure. */
  readonly behind: boolean
  readonly shells: readonly Part[]
  readonly overlays: readonly Part[]
  readonly folds: readonly Fold[]
  readonly drape: Drape | null
  /** Where cloth ends in an opening (hem, cuff, neck): the form goes on beyond, so that edges there do not round off. */
  readonly openings: readonly Curve[]
  /** Height of the inflated middle and the distance over which edges roll off, units. */
  readonly puff: { readonly height: number; readonly radius: number }
  /** Horizontal quilting channels, units between seams; null for none. */
  readonly quilt: number | null
  /** Strength of random crumpling, 1 for an ordinary shirt. */
  readonly crumple: number
  /** 1 fully lit; less for insides. */
  readonly light: number
  /** Darkness of the shadow on what lies behind, 0..1. */
  readonly shadow: number
}

/** Which of the garment's cloths a part is made of. */
export type Cloth = 'main' | 'accent' | 'lining' | 'rib' | 'rib_accent' | 'plain' | 'trim' | 'belt' | 'thing'

export type Part = {
  readonly curve: Curve
  readonly cloth: Cloth
  /** Colour of a `thing` (button, buckle, label) that is not cloth. */
  readonly tint: Hex | null
  readonly metal: boolean
  /** Origin and turn (radians) of the cloth's grain; patterns and ribs follow it. */
  readonly frame: Frame
  /** Overlays: thickness of the edge, units. */
  readonly thickness: number
  /** Overlays: darkness of the shadow on the layer beneath, 0..1. */
  readonly shadow: number
  /** Overlays are cut off at the layer's silhouette unless they may stick out. */
  readonly clipped: boolean
  readonly lines: readonly Line[]
  /** Worn, bleached places. */
  readonly fades: readonly Fade[]
}

export type Frame = { readonly x: number; readonly y: number; readonly angle: number }
export type Line = { readonly curve: Curve; readonly kind: 'seam' | 'stitch'; readonly width: number }
export type Fade = {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  readonly amount: number
}

/** A crease from one point to another; positive depth is a ridge with a valley on its right-hand side. */
export type Fold = {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly width: number
  readonly depth: number
  readonly bend: number
}

/** Hanging folds of a skirt: waves across, that open up from `top` to `bottom`. */
export type Drape = {
  readonly top: number
  readonly bottom: number
  readonly topHalf: number
  readonly bottomHalf: number
  readonly centre: number
  /** Height of the waves across the skirt, -1..1 = left..right edge, at the hem. */
  readonly wave: (across: number, down: number) => number
  readonly depth: number
}

const straight: Frame = { x: 0, y: 0, angle: 0 }

export function part(curve: Curve, cloth: Cloth, more: Partial<Omit<Part, 'curve' | 'cloth'>> = {}): Part {
  return {
    curve,
    cloth,
    tint: null,
    metal: false,
    frame: straight,
    thickness: 1,
    shadow: 0.35,
    clipped: false,
    lines: [],
    fades: [],
    ...more,
  }
}

export function layer(
  name: string,
  shells: readonly Part[],
  more: Partial<Omit<Layer, 'name' | 'shells'>> = {},
): Layer {
  return {
    name,
    shells,
    front: true,
    behind: false,
    overlays: [],
    folds: [],
    drape: null,
    openings: [],
    puff: { height: 34, radius: 46 },
    quilt: null,
    crumple: 1,
    light: 1,
    shadow: 0.4,
    ...more,
  }
}

export const seam = (curve: Curve, width = 0.9): Line => ({ curve, kind: 'seam', width })
export const stitch = (curve: Curve, width = 0.7): Line => ({ curve, kind: 'stitch', width })

export function mirrorFold(fold: Fold): Fold {
  return {
    ...fold,
    from: [-fold.from[0], fold.from[1]],
    to: [-fold.to[0], fold.to[1]],
    bend: -fold.bend,
  }
}

export function drawingBox(drawing: Drawing): Box {
  const curves = drawing.layers.flatMap((one) => [...one.shells, ...one.overlays].map((piece) => piece.curve))
  const points = curves.flat()
  return {
    left: Math.min(...points.map((p) => p.x)),
    top: Math.min(...points.map((p) => p.y)),
    right: Math.max(...points.map((p) => p.x)),
    bottom: Math.max(...points.map((p) => p.y)),
  }
}
