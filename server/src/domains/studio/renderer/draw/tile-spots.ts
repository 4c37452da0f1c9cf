import { seededRandom } from '../../raster/math.ts'
import { mixHex } from '../colour-math.ts'
import type { Hex } from '../spec.ts'

/** Wavy bands that swell and taper; whole periods across and down, so that they repeat. */
export function zebraTile(accent: Hex): string {
  const bands: string[] = []
  for (let band = 0; band < 8; band++) {
    const upper: string[] = []
    const lower: string[] = []
    for (let x = -4; x <= 104; x += 3) {
      const t = (x / 100) * 2 * Math.PI
      const y = band * 12.5 + 4 * Math.sin(t + band * 0.8) + 2.2 * Math.sin(2 * t + band * 1.7)
      const half = Math.max(0.1, 2.6 + 2.2 * Math.sin(t * (band % 2 === 0 ? 1 : 2) + band * 2.1))
      upper.push(`${x} ${(y - half).toFixed(1)}`)
      lower.unshift(`${x} ${(y + half).toFixed(1)}`)
    }
    bands.push(`<path d="M${upper.join('L')}L${lower.join('L')}Z" fill="${accent}"/>`)
  }
  return bands.join('')
}

/** Soft-edged blobs in three tones around the main colour. */
export function camouflageTile(colour: Hex, accent: Hex): string {
  const random = seededRandom(17)
  const tones = [mixHex(colour, '#d8cfae', 0.5), accent, mixHex(colour, '#5b4630', 0.55)]
  return tones.map((tone) => Array.from({ length: 9 }, () => blob(random, tone)).join('')).join('')
}

function blob(random: () => number, fill: Hex): string {
  const cx = random() * 120
  const cy = random() * 120
  const count = 9
  const points = Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * 2 * Math.PI
    const radius = 6 + random() * 13
    return [cx + 1.5 * radius * Math.cos(angle), cy + 0.8 * radius * Math.sin(angle)] as const
  })
  const middles = points.map(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % count] ?? [x, y]
    return [(x + nx) / 2, (y + ny) / 2] as const
  })
  const start = middles.at(-1) ?? [cx, cy]
  const path = points.map(
    ([x, y], i) => `Q${x.toFixed(1)} ${y.toFixed(1)} ${middles[i]?.map((n) => n.toFixed(1)).join(' ')}`,
  )
  return `<path d="M${start.map((n) => n.toFixed(1)).join(' ')}${path.join('')}Z" fill="${fill}"/>`
}
