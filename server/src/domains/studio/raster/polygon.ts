import { newPlane, type Plane, type Point } from './types.ts'

type Size = { width: number; height: number }

/** 1 inside the closed polygon (even-odd rule, judged at pixel centres), 0 outside. No smoothing. */
export function fillPolygon(polygon: readonly Point[], size: Size): Plane {
  const out = newPlane(size.width, size.height)
  const top = Math.max(0, Math.floor(Math.min(...polygon.map((p) => p.y))))
  const bottom = Math.min(size.height - 1, Math.ceil(Math.max(...polygon.map((p) => p.y))))
  for (let y = top; y <= bottom; y++) {
    const crossings = crossingsAt(polygon, y + 0.5)
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil((crossings[k] ?? 0) - 0.5))
      const to = Math.min(size.width - 1, Math.floor((crossings[k + 1] ?? 0) - 0.5))
      if (to >= from) out.data.fill(1, y * size.width + from, y * size.width + to + 1)
    }
  }
  return out
}

/** The same points spread evenly along the polyline, ends kept. */
export function resamplePolyline(line: readonly Point[], count: number): Point[] {
  const first = line[0]
  const last = line[line.length - 1]
  if (first === undefined || last === undefined) return []
  const along = [0]
  for (let i = 1; i < line.length; i++) {
    along.push((along[i - 1] ?? 0) + distanceOf(line[i - 1] ?? first, line[i] ?? first))
  }
  const total = along[along.length - 1] ?? 0
  const out: Point[] = []
  let segment = 1
  for (let k = 0; k < count; k++) {
    const target = count === 1 ? 0 : (total * k) / (count - 1)
    while (segment < line.length - 1 && (along[segment] ?? 0) < target) segment++
    const start = along[segment - 1] ?? 0
    const share = Math.min(1, Math.max(0, (target - start) / ((along[segment] ?? 0) - start || 1)))
    const a = line[segment - 1] ?? first
    const b = line[segment] ?? last
    out.push({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })
  }
  return out
}

/** The point at a share (0..1) of the polyline's length. */
export function pointOnPolyline(line: readonly Point[], share: number): Point {
  let rest = polylineLength(line) * Math.min(1, Math.max(0, share))
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]
    const b = line[i]
    if (a === undefined || b === undefined) break
    const length = distanceOf(a, b)
    if (rest <= length) {
      const part = length > 0 ? rest / length : 0
      return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
    }
    rest -= length
  }
  return line.at(-1) ?? { x: 0, y: 0 }
}

export function polylineLength(line: readonly Point[]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]
    const b = line[i]
    if (a !== undefined && b !== undefined) sum += distanceOf(a, b)
  }
  return sum
}

function distanceOf(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function crossingsAt(polygon: readonly Point[], y: number): number[] {
  const out: number[] = []
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i]
    const b = polygon[(i + 1) % polygon.length]
    if (a === undefined || b === undefined) continue
    if ((a.y <= y && b.y > y) || (b.y <= y && a.y > y))
      out.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
  }
  return out.sort((p, q) => p - q)
}
