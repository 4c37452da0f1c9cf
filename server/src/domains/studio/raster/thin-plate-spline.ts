import type { Point } from './types.ts'

/** A pair: where a point lies and where it must map to. */
export type Correspondence = { from: Point; to: Point }

/** Maps a position; writes the result into `out[0]`, `out[1]`, so that a loop over pixels allocates nothing. */
export type PlaneMap = (x: number, y: number, out: Float64Array) => void

/**
 * Thin-plate spline through the pairs: the smoothest bending of the plane that takes every `from` to its `to`.
 * `stiffness` trades exactness for smoothness (0 = exact; 1e-3 already leaves gaps of pixels at garment seams).
 * @throws when the points are fewer than three or all on one line.
 */
export function thinPlateSpline(pairs: readonly Correspondence[], stiffness: number): PlaneMap {
  const origin = pairs[0]?.from
  if (origin === undefined || pairs.length < 3)
    throw new Error('a thin-plate spline needs at least three pairs')
  const scale = meanDistance(pairs, origin)
  const n = pairs.length
  const xs = new Float64Array(n)
  const ys = new Float64Array(n)
  pairs.forEach((pair, i) => {
    xs[i] = (pair.from.x - origin.x) / scale
    ys[i] = (pair.from.y - origin.y) / scale
  })
  const { wx, wy } = solve(pairs, xs, ys, stiffness)
  const [ax, bx, cx] = [wx[n] ?? 0, wx[n + 1] ?? 0, wx[n + 2] ?? 0]
  const [ay, by, cy] = [wy[n] ?? 0, wy[n + 1] ?? 0, wy[n + 2] ?? 0]
  return (x, y, out) => {
    const u = (x - origin.x) / scale
    const v = (y - origin.y) / scale
    let sx = ax + bx * u + cx * v
    let sy = ay + by * u + cy * v
    for (let i = 0; i < n; i++) {
      const k = kernel((u - (xs[i] ?? 0)) ** 2 + (v - (ys[i] ?? 0)) ** 2)
      sx += (wx[i] ?? 0) * k
      sy += (wy[i] ?? 0) * k
    }
    out[0] = sx
    out[1] = sy
  }
}

function kernel(squared: number): number {
  return squared < 1e-12 ? 0 : squared * Math.log(squared)
}

function meanDistance(pairs: readonly Correspondence[], origin: Point): number {
  let sum = 0
  for (const { from } of pairs) sum += Math.hypot(from.x - origin.x, from.y - origin.y)
  return sum / pairs.length || 1
}

/** The weights of both coordinates by Gauss–Jordan elimination with pivoting; n is 40–60, so it takes under 2 ms. */
function solve(
  pairs: readonly Correspondence[],
  xs: Float64Array,
  ys: Float64Array,
  stiffness: number,
): { wx: Float64Array; wy: Float64Array } {
  const n = pairs.length
  const m = n + 3
  const rows = Array.from({ length: m }, () => new Float64Array(m + 2))
  pairs.forEach((pair, i) => {
    const row = rows[i] ?? new Float64Array(m + 2)
    for (let j = 0; j < n; j++) {
      row[j] = kernel(((xs[i] ?? 0) - (xs[j] ?? 0)) ** 2 + ((ys[i] ?? 0) - (ys[j] ?? 0)) ** 2)
    }
    row[i] = (row[i] ?? 0) + stiffness
    const affine = [1, xs[i] ?? 0, ys[i] ?? 0]
    affine.forEach((value, k) => {
      row[n + k] = value
      const other = rows[n + k]
      if (other !== undefined) other[i] = value
    })
    row[m] = pair.to.x
    row[m + 1] = pair.to.y
  })
  eliminate(rows)
  const wx = Float64Array.from(rows, (row, i) => (row[m] ?? 0) / (row[i] ?? 1))
  const wy = Float64Array.from(rows, (row, i) => (row[m + 1] ?? 0) / (row[i] ?? 1))
  return { wx, wy }
}

function eliminate(rows: Float64Array[]): void {
  const m = rows.length
  for (let column = 0; column < m; column++) {
    const pivotRow = pivotOf(rows, column)
    const pivot = rows[pivotRow]
    const here = rows[column]
    if (pivot === undefined || here === undefined || Math.abs(pivot[column] ?? 0) < 1e-12) {
      throw new Error('the points of a thin-plate spline lie on one line or coincide')
    }
    rows[pivotRow] = here
    rows[column] = pivot
    for (let r = 0; r < m; r++) {
      const row = rows[r]
      if (row === undefined || r === column) continue
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1)
      if (factor === 0) continue
      for (let k = column; k < m + 2; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0)
    }
  }
}

function pivotOf(rows: Float64Array[], column: number): number {
  let best = column
  for (let r = column + 1; r < rows.length; r++) {
    if (Math.abs(rows[r]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = r
  }
  return best
}
