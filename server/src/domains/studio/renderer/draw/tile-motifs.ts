import { seededRandom } from '../../raster/math.ts'
import { lightnessOf, mixHex } from '../colour-math.ts'
import type { Hex } from '../spec.ts'

const at = (x: number, y: number, turn: number, size: number, body: string): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})">${body}</g>`

/** Painterly five-petal flowers, buds and leaves on branches. */
export function floralTile(colour: Hex, accent: Hex): string {
  const isLight = lightnessOf(colour) > 0.55
  const warm = mixHex(accent, '#d9798c', 0.55)
  const leaf = isLight ? '#5d7d5a' : '#8fab84'
  const dark = isLight ? '#3f5c46' : '#6d8f6a'
  const flower = (petal: Hex, heart: string): string => {
    const petals = [0, 72, 144, 216, 288].map(
      (turn) =>
        `<g transform="rotate(${turn})"><path d="M0 -2C-9 -7 -9 -18 -2 -20Q0 -18 2 -20C9 -18 9 -7 0 -2Z" fill="${petal}"/>` +
        `<path d="M0 -4Q-1 -11 0 -17M-1.5 -5Q-4 -10 -4 -14M1.5 -5Q4 -10 4 -14" stroke="${mixHex(petal, '#5a1f33', 0.35)}" stroke-width=".7" fill="none" opacity=".7"/></g>`,
    )
    return `${petals.join('')}<circle r="4" fill="${heart}"/><circle r="1.8" fill="${mixHex(petal, '#5b3a1c', 0.7)}"/>`
  }
  const leafShape = (fill: string): string =>
    `<path d="M0 0C5 -6 6 -14 0 -22C-6 -14 -5 -6 0 0Z" fill="${fill}"/><path d="M0 0L0 -18" stroke="${mixHex('#ffffff', colour, 0.5)}" stroke-width=".6" opacity=".6"/>`
  const bud = `<path d="M0 0C-4 -3 -4 -9 0 -12C4 -9 4 -3 0 0Z" fill="${warm}"/><path d="M0 2C-4 0 -4 -4 -2 -6L0 -2L2 -6C4 -4 4 0 0 2Z" fill="${leaf}"/>`
  const stems = `<path d="M30 34C52 44 60 62 92 96M92 96C104 110 112 120 118 132M30 34C20 20 14 8 8 -6" stroke="${dark}" stroke-width="1.6" fill="none"/>`
  return [
    stems,
    at(50, 48, 60, 0.8, leafShape(leaf)),
    at(60, 62, -40, 0.75, leafShape(dark)),
    at(78, 82, 75, 0.7, leafShape(leaf)),
    at(16, 22, -70, 0.8, leafShape(leaf)),
    at(106, 114, 95, 0.8, leafShape(dark)),
    at(100, 108, -30, 0.6, leafShape(leaf)),
    at(30, 34, 12, 1.05, flower(accent, '#e9c46a')),
    at(92, 96, 40, 1.15, flower(warm, '#f2d27a')),
    at(98, 28, -10, 0.72, flower(mixHex(accent, '#ffffff', 0.35), '#d9a441')),
    at(32, 98, 24, 0.66, flower(warm, '#e9c46a')),
    at(66, 16, 30, 1, bud),
    at(64, 112, -24, 1, bud),
    at(120, 64, 70, 0.9, bud),
    at(10, 70, -80, 0.8, leafShape(dark)),
  ].join('')
}

/** "Qoshqar muiz", the ram's horn of Kazakh felt and embroidery: paired spirals on a stem, crossed four ways. */
export function ornamentTile(_colour: Hex, accent: Hex): string {
  const horn = `<path d="M0 -2C0 -10 2 -15 7 -18C13 -21.500 21 -19 21 -12.500C21 -7.500 15.500 -6 13.500 -9.500C12.300 -12 14 -14 16 -13.400" fill="none" stroke="${accent}" stroke-width="2.300" stroke-linecap="round"/>`
  const bud = `<path d="M0 -17C-3.600 -20 -3.200 -25 0 -30C3.200 -25 3.600 -20 0 -17Z" fill="${accent}"/>`
  const pair = `${horn}<g transform="scale(-1 1)">${horn}</g>${bud}`
  const cross = [0, 90, 180, 270].map((turn) => `<g transform="rotate(${turn})">${pair}</g>`).join('')
  const heart = `<path d="M0 -5.500L5.500 0L0 5.500L-5.500 0Z" fill="${accent}"/>`
  const small = `<path d="M0 -5.500L5.500 0L0 5.500L-5.500 0Z" fill="none" stroke="${accent}" stroke-width="1.600"/><circle r="1.500" fill="${accent}"/>`
  return (
    at(21, 21, 0, 0.68, cross + heart) +
    at(63, 63, 0, 0.68, cross + heart) +
    at(63, 21, 0, 1, small) +
    at(21, 63, 0, 1, small)
  )
}

/** Rosettes: a broken dark ring around a darker heart, at jittered places. */
export function leopardTile(colour: Hex, accent: Hex): string {
  const random = seededRandom(5)
  const heart = mixHex(colour, '#8a5a22', 0.55)
  const spots: string[] = []
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 6; column++) {
      const x = (column + (row % 2) * 0.5 + random() * 0.4) * 16
      const y = (row + random() * 0.4) * 16
      const r = 3.6 + random() * 2
      const ring = [0, 1, 2].map((k) => {
        const a = ((k * 120 + random() * 50) * Math.PI) / 180
        const b = a + 1.2 + random() * 0.5
        return `<path d="M${(r * Math.cos(a)).toFixed(1)} ${(r * Math.sin(a)).toFixed(1)}A${r.toFixed(1)} ${r.toFixed(1)} 0 0 1 ${(r * Math.cos(b)).toFixed(1)} ${(r * Math.sin(b)).toFixed(1)}" stroke="${accent}" stroke-width="${(2.2 + random() * 1.2).toFixed(1)}" stroke-linecap="round" fill="none"/>`
      })
      spots.push(
        at(
          x,
          y,
          random() * 360,
          1,
          `<ellipse rx="${(r * 0.8).toFixed(1)}" ry="${(r * 0.65).toFixed(1)}" fill="${heart}"/>${ring.join('')}`,
        ),
      )
    }
  }
  return spots.join('')
}

export function paisleyTile(colour: Hex, accent: Hex): string {
  const inner = mixHex(accent, colour, 0.55)
  const drop = 'M0 16C-12 14 -13 -2 -4 -10C2 -15 8 -16 9 -20C14 -12 14 12 0 16Z'
  const body =
    `<path d="${drop}" fill="none" stroke="${accent}" stroke-width="1.600"/><path d="${drop}" fill="${inner}" transform="scale(.68) translate(0 2)"/>` +
    `<path d="${drop}" fill="${colour}" transform="scale(.36) translate(0 6)"/><circle cy="4" r="2" fill="${accent}"/>`
  const dots = [0, 45, 90, 135, 180, 225]
    .map(
      (turn) =>
        `<circle r="1" cx="${(19 * Math.cos((turn * Math.PI) / 180)).toFixed(1)}" cy="${(19 * Math.sin((turn * Math.PI) / 180)).toFixed(1)}" fill="${accent}"/>`,
    )
    .join('')
  const small = `<circle r="2.400" fill="${accent}"/>${[0, 60, 120, 180, 240, 300].map((turn) => `<ellipse cy="-5" rx="1.600" ry="2.600" fill="${inner}" transform="rotate(${turn})"/>`).join('')}`
  return (
    at(23, 24, 0, 1, body + dots) +
    at(68, 68, 170, 1, body + dots) +
    at(68, 22, 0, 1.1, small) +
    at(23, 68, 0, 1.1, small)
  )
}
