import type { Hex } from './spec.ts'

/** Red, green and blue, sRGB 0..255. */
export type Rgb = readonly [number, number, number]

export function rgbOf(hex: Hex): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function hexOf(rgb: Rgb): Hex {
  const part = (value: number): string =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0')
  return `#${part(rgb[0])}${part(rgb[1])}${part(rgb[2])}`
}

export function mixHex(from: Hex, to: Hex, share: number): Hex {
  const a = rgbOf(from)
  const b = rgbOf(to)
  return hexOf([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share])
}

/** Perceived lightness, 0 black .. 1 white (Rec. 709 weights on sRGB values; good enough to choose an accent). */
export function lightnessOf(hex: Hex): number {
  const [r, g, b] = rgbOf(hex)
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255
}

/** Pushes a colour away from its own grey; share .3 is clearly more vivid. */
export function saturate(hex: Hex, share: number): Hex {
  const [r, g, b] = rgbOf(hex)
  const grey = lightnessOf(hex) * 255
  const push = (value: number): number => value + (value - grey) * share
  return hexOf([push(r), push(g), push(b)])
}
