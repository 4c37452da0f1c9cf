import { blur, softBlur } from '../../raster/blur.ts'
import { clamp, smoothstep } from '../../raster/math.ts'
import { newPlane, type Plane } from '../../raster/types.ts'
import type { Drape, Fold, Layer } from '../geometry/drawing.ts'
import type { Material } from './fabric.ts'
import { fbm, ridged } from './noise.ts'

/**
 * The form of a layer on a coarse grid (folds are soft, so one cell of about one body unit is enough).
 * Slopes are units of height per unit of length; `hollow` is negative in valleys.
 */
export type Relief = { readonly slopeX: Plane; readonly slopeY: Plane; readonly hollow: Plane }

/** Maps grid cells to body units: x = left + (column + .5) · cell. */
export type Grid = { readonly left: number; readonly top: number; readonly cell: number }

export function reliefOf(mask: Plane, layer: Layer, material: Material, grid: Grid, seed: number): Relief {
  const height = inflate(mask, layer, grid.cell)
  addCrumple(height, mask, layer.crumple * material.crumple, { material, grid, seed })
  if (layer.quilt !== null) addQuilt(height, layer.quilt, grid)
  if (layer.drape !== null) addDrape(height, layer.drape, material.foldiness, grid)
  for (const fold of layer.folds) addFold(height, fold, material.foldiness, grid)
  const smooth = blur(height, 1.1 / Math.min(1, grid.cell))
  const wide = softBlur(smooth, 9 / grid.cell)
  const hollow = newPlane(height.width, height.height)
  for (let i = 0; i < hollow.data.length; i++) hollow.data[i] = (smooth.data[i] ?? 0) - (wide.data[i] ?? 0)
  return { slopeX: slope(smooth, 1, 0, grid.cell), slopeY: slope(smooth, 0, 1, grid.cell), hollow }
}

/** A pillow: the blurred mask rises from the edge inwards without the ridges a distance transform has. */
function inflate(mask: Plane, layer: Layer, cell: number): Plane {
  const wide = softBlur(mask, (layer.puff.radius * 0.55) / cell)
  const near = blur(mask, Math.max(1, 5 / cell))
  const out = newPlane(mask.width, mask.height)
  const edge = Math.min(5, Math.abs(layer.puff.height) * 0.22)
  for (let i = 0; i < out.data.length; i++) {
    const broad = clamp(2 * (wide.data[i] ?? 0) - 0.86, 0, 1.14)
    const rim = clamp(2 * (near.data[i] ?? 0) - 1, 0, 1)
    out.data[i] = layer.puff.height * Math.sqrt(broad) * 0.9 + edge * Math.sqrt(rim)
  }
  return out
}

type CrumpleContext = { material: Material; grid: Grid; seed: number }

function addCrumple(
  height: Plane,
  mask: Plane,
  strength: number,
  { material, grid, seed }: CrumpleContext,
): void {
  if (strength === 0) return
  const crisp = material.crispness * strength
  for (let row = 0; row < height.height; row++) {
    const y = grid.top + (row + 0.5) * grid.cell
    for (let column = 0; column < height.width; column++) {
      const i = row * height.width + column
      if ((mask.data[i] ?? 0) === 0) continue
      const x = grid.left + (column + 0.5) * grid.cell
      let rise = (fbm(x / 62 + seed, y / 110, seed + 3, 2) - 0.38) * 15 * strength
      rise += (fbm(x / 21, y / 38 + seed, seed + 9, 2) - 0.38) * 5 * strength
      if (crisp > 0) {
        const bentX = x + 14 * fbm(x / 30, y / 30, seed + 17, 2)
        rise += ridged(bentX / 26, (y + x * 0.3) / 34, seed + 23) * 1.7 * crisp
      }
      height.data[i] = (height.data[i] ?? 0) + rise
    }
  }
}

function addQuilt(height: Plane, spacing: number, grid: Grid): void {
  for (let row = 0; row < height.height; row++) {
    for (let column = 0; column < height.width; column++) {
      const x = grid.left + (column + 0.5) * grid.cell
      const y = grid.top + (row + 0.5) * grid.cell + 4 * Math.sin(x / 38) * 0.6
      const phase = y / spacing - Math.floor(y / spacing)
      const pillow = Math.sqrt(Math.max(0, 1 - (2 * phase - 1) ** 2))
      const pucker = (fbm(x / 5, y / 30, 83, 2) - 0.38) * 5 * (1 - pillow * 0.75)
      const i = row * height.width + column
      height.data[i] = (height.data[i] ?? 0) + 9 * pillow + pucker
    }
  }
}

function addDrape(height: Plane, drape: Drape, foldiness: number, grid: Grid): void {
  const first = Math.max(0, Math.floor((drape.top - 30 - grid.top) / grid.cell))
  for (let row = first; row < height.height; row++) {
    const y = grid.top + (row + 0.5) * grid.cell
    const down = clamp((y - drape.top) / (drape.bottom - drape.top), 0, 1.05)
    const half = drape.topHalf + (drape.bottomHalf - drape.topHalf) * down ** 0.9
    const depth = drape.depth * foldiness * (0.12 + 0.88 * down) * smoothstep(-0.06, 0.2, down)
    for (let column = 0; column < height.width; column++) {
      const x = grid.left + (column + 0.5) * grid.cell
      const i = row * height.width + column
      height.data[i] = (height.data[i] ?? 0) + depth * drape.wave((x - drape.centre) / half, down)
    }
  }
}

/** A rounded ridge with a valley beside it, fading at both ends: reads as a crease from any side. */
function addFold(height: Plane, fold: Fold, foldiness: number, grid: Grid): void {
  const dx = fold.to[0] - fold.from[0]
  const dy = fold.to[1] - fold.from[1]
  const length = Math.hypot(dx, dy)
  if (length < 1) return
  const reach = fold.width * 3.2 + Math.abs(fold.bend) * length
  const column0 = Math.max(
    0,
    Math.floor((Math.min(fold.from[0], fold.to[0]) - reach - grid.left) / grid.cell),
  )
  const column1 = Math.min(
    height.width - 1,
    Math.ceil((Math.max(fold.from[0], fold.to[0]) + reach - grid.left) / grid.cell),
  )
  const row0 = Math.max(0, Math.floor((Math.min(fold.from[1], fold.to[1]) - reach - grid.top) / grid.cell))
  const row1 = Math.min(
    height.height - 1,
    Math.ceil((Math.max(fold.from[1], fold.to[1]) + reach - grid.top) / grid.cell),
  )
  for (let row = row0; row <= row1; row++) {
    const y = grid.top + (row + 0.5) * grid.cell - fold.from[1]
    for (let column = column0; column <= column1; column++) {
      const x = grid.left + (column + 0.5) * grid.cell - fold.from[0]
      const along = (x * dx + y * dy) / (length * length)
      if (along < -0.15 || along > 1.15) continue
      const bow = Math.sin(clamp(along, 0, 1) * Math.PI) * length * fold.bend
      const width = fold.width * (0.75 + 0.6 * clamp(along, 0, 1))
      const across = ((y * dx - x * dy) / length - bow) / width
      if (across < -2.6 || across > 3.6) continue
      const profile = Math.exp(-across * across) - 0.7 * Math.exp(-((across - 1.5) ** 2) * 0.9)
      const fade = smoothstep(-0.15, 0.25, along) * (1 - smoothstep(0.5, 1.12, along))
      const i = row * height.width + column
      height.data[i] = (height.data[i] ?? 0) + fold.depth * foldiness * profile * fade
    }
  }
}

function slope(height: Plane, dx: 0 | 1, dy: 0 | 1, cell: number): Plane {
  const out = newPlane(height.width, height.height)
  for (let row = 0; row < height.height; row++) {
    const above = Math.max(0, row - dy)
    const below = Math.min(height.height - 1, row + dy)
    for (let column = 0; column < height.width; column++) {
      const before = height.data[above * height.width + Math.max(0, column - dx)] ?? 0
      const after = height.data[below * height.width + Math.min(height.width - 1, column + dx)] ?? 0
      out.data[row * height.width + column] = (after - before) / (2 * cell)
    }
  }
  return out
}
