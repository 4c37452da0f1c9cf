import { clamp, lerp, quantile } from '../../raster/math.ts'
import type { Plane } from '../../raster/types.ts'
import type { CutPoint } from '../garment-cut.ts'

/** A stretch of garment pixels in one row, both ends included. */
export type Run = { left: number; right: number }

export type Side = -1 | 1

/** The silhouette measured once: bounds, vertical axis, the top and bottom contour and the body's run in each row. */
export type Contour = {
  mask: Plane
  left: number
  right: number
  top: number
  bottom: number
  /** Column of the vertical axis: the median middle of the widest runs in the lower two thirds. */
  axis: number
  /** Width of the body's run in the lower half, without touching sleeves. */
  body_width: number
  /** First and last garment row of each column; -1 for columns without garment. */
  top_row: Int32Array
  bottom_row: Int32Array
  /** The run that crosses the axis (or lies nearest to it) in a row; null when the row is empty. */
  runAt: (y: number) => Run | null
  /** All runs of at least three pixels in a row. */
  runsAt: (y: number) => Run[]
}

/** @returns null when the mask holds next to nothing */
export function contourOf(mask: Plane): Contour | null {
  const { width, height } = mask
  const topRow = new Int32Array(width).fill(-1)
  const bottomRow = new Int32Array(width).fill(-1)
  let count = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((mask.data[y * width + x] ?? 0) <= 0.5) continue
      if (topRow[x] === -1) topRow[x] = y
      bottomRow[x] = y
      count++
    }
  }
  if (count < 400) return null
  const columns = [...topRow.keys()].filter((x) => topRow[x] !== -1)
  const left = columns[0] ?? 0
  const right = columns.at(-1) ?? 0
  const top = Math.min(...columns.map((x) => topRow[x] ?? height))
  const bottom = Math.max(...columns.map((x) => bottomRow[x] ?? 0))
  const runsAt = (y: number): Run[] => rowRuns(mask, Math.round(clamp(y, 0, height - 1)))
  const rows = (from: number, to: number): number[] => {
    const first = Math.round(lerp(top, bottom, from))
    return Array.from({ length: Math.max(0, Math.round(lerp(top, bottom, to)) - first) }, (_, k) => first + k)
  }
  const middles = rows(0.35, 0.9)
    .flatMap((y) => runsAt(y).sort(byWidth).slice(0, 1))
    .map((run) => (run.left + run.right) / 2)
  const axis = middles.length > 0 ? quantile(middles, 0.5) : (left + right) / 2
  const runAt = (y: number): Run | null => centralRun(runsAt(y), axis)
  // A low quantile: in rows where sleeves touch the body the run is wider than the body.
  const widths = rows(0.5, 0.97)
    .flatMap((y) => runsAt(y).find((run) => run.left <= axis && run.right >= axis) ?? [])
    .map((run) => run.right - run.left)
  const bodyWidth = widths.length > 0 ? quantile(widths, 0.15) : right - left
  return {
    mask,
    left,
    right,
    top,
    bottom,
    axis,
    body_width: bodyWidth,
    top_row: topRow,
    bottom_row: bottomRow,
    runAt,
    runsAt,
  }
}

/** First garment row at a column; null when the column is empty. */
export function topAt(contour: Contour, x: number): number | null {
  const row = contour.top_row[Math.round(clamp(x, contour.left, contour.right))] ?? -1
  return row < 0 ? null : row
}

export function bottomAt(contour: Contour, x: number): number | null {
  const row = contour.bottom_row[Math.round(clamp(x, contour.left, contour.right))] ?? -1
  return row < 0 ? null : row
}

export function isGarment(contour: Contour, x: number, y: number): boolean {
  const column = Math.round(x)
  const row = Math.round(y)
  const { width, height, data } = contour.mask
  if (column < 0 || row < 0 || column >= width || row >= height) return false
  return (data[row * width + column] ?? 0) > 0.5
}

/** The run's end on one side. */
export function endOf(run: Run, side: Side): number {
  return side < 0 ? run.left : run.right
}

/** Height of a polyline (ordered by x) at a column; its end values outside. */
export function lineHeight(line: readonly CutPoint[], x: number): number {
  const first = line[0]
  if (first === undefined) return 0
  if (x <= first.x) return first.y
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] ?? first
    const b = line[i] ?? first
    if (x <= b.x) return lerp(a.y, b.y, (x - a.x) / (b.x - a.x || 1))
  }
  return line.at(-1)?.y ?? first.y
}

function rowRuns(mask: Plane, y: number): Run[] {
  const out: Run[] = []
  const row = y * mask.width
  let start = -1
  for (let x = 0; x <= mask.width; x++) {
    const inside = x < mask.width && (mask.data[row + x] ?? 0) > 0.5
    if (inside && start < 0) start = x
    if (inside || start < 0) continue
    if (x - start >= 3) out.push({ left: start, right: x - 1 })
    start = -1
  }
  return out
}

function centralRun(runs: Run[], axis: number): Run | null {
  const crossing = runs.find((run) => run.left <= axis && run.right >= axis)
  if (crossing !== undefined) return crossing
  const gap = (run: Run): number => Math.min(Math.abs(run.left - axis), Math.abs(run.right - axis))
  return runs.sort((a, b) => gap(a) - gap(b))[0] ?? null
}

function byWidth(a: Run, b: Run): number {
  return b.right - b.left - (a.right - a.left)
}
