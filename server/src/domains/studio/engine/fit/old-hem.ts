import { labOf } from '../../raster/colour.ts'
import { clamp } from '../../raster/math.ts'
import type { Point } from '../../raster/types.ts'
import type { Person } from '../person/analyse.ts'
import { moved } from '../person/body-frame.ts'

type Row = { depth: number; lab: number[] | null }

/**
 * Where the worn top ends: the strongest change of the clothes' colour down the middle of the body.
 * @returns pixels below `from`, or null when top and bottom look alike (a dress, black on black)
 */
export function findOldHem(person: Person, from: Point, toHip: number): number | null {
  const lab = labOf(person.image)
  const step = Math.max(1, 0.012 * person.frame.torso_length)
  const rows: Row[] = []
  for (let depth = 0.55 * toHip; depth < 1.75 * toHip; depth += step) {
    rows.push({ depth, lab: rowColour(person, lab, moved(person.frame, from, 0, depth)) })
  }
  const window = Math.max(3, Math.round((0.07 * person.frame.torso_length) / step))
  let best: number | null = null
  let strongest = 9
  for (let i = window; i < rows.length - window; i++) {
    const above = meanColour(rows.slice(i - window, i))
    const below = meanColour(rows.slice(i, i + window))
    const depth = rows[i]?.depth ?? 0
    if (above === null) continue
    if (below === null) {
      // The clothes end altogether: bare legs.
      if (best === null) best = depth
      break
    }
    const change = Math.hypot(...above.map((v, c) => v - (below[c] ?? 0)))
    const weighed = change * (1 - 0.45 * clamp((depth / toHip - 1.05) / 0.5, 0, 1))
    if (weighed > strongest) {
      strongest = weighed
      best = depth
    }
  }
  return best
}

/** Mean Lab of the clothes' pixels in the middle 64 % of a row; null when there are hardly any. */
function rowColour(person: Person, lab: Float32Array, middle: Point): number[] | null {
  const { width, height } = person.image
  const { across, shoulder_width } = person.frame
  const sum = [0, 0, 0]
  let count = 0
  for (let share = -0.32; share <= 0.32; share += 0.03) {
    const x = Math.round(middle.x + across.x * share * shoulder_width)
    const y = Math.round(middle.y + across.y * share * shoulder_width)
    if (x < 0 || y < 0 || x >= width || y >= height) continue
    const i = y * width + x
    if ((person.parse.clothes.data[i] ?? 0) < 0.5) continue
    for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (lab[i * 3 + c] ?? 0)
    count++
  }
  return count > 4 ? sum.map((v) => v / count) : null
}

function meanColour(rows: Row[]): number[] | null {
  const known = rows.flatMap((row) => (row.lab === null ? [] : [row.lab]))
  if (known.length < 2) return null
  return [0, 1, 2].map((c) => known.reduce((sum, lab) => sum + (lab[c] ?? 0), 0) / known.length)
}
