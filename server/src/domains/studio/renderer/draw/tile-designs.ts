import { mixHex } from '../colour-math.ts'
import type { Hex, PatternName } from '../spec.ts'
import { floralTile, leopardTile, ornamentTile, paisleyTile } from './tile-motifs.ts'
import { camouflageTile, zebraTile } from './tile-spots.ts'

/** `border` is the ornament of edges and cuffs; it has no word of its own. */
export type TiledPattern = Exclude<PatternName, 'plain' | 'color_block' | 'tie_dye'> | 'border'

/** `size` in body units (shoulders are about 200 wide); `draw` gives SVG that may stick out: it wraps around. */
export type TileDesign = { readonly size: number; readonly draw: (colour: Hex, accent: Hex) => string }

const rect = (x: number, y: number, width: number, height: number, fill: string, opacity = 1): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" opacity="${opacity}"/>`

const heart = 'M0 5C-7 -1 -5 -7 -1.6 -6.2C-.6 -6 0 -5 0 -4.2C0 -5 .6 -6 1.6 -6.2C5 -7 7 -1 0 5Z'
const star = 'M0 -6L1.6 -1.9L6 -1.9L2.4 .7L3.7 5L0 2.5L-3.7 5L-2.4 .7L-6 -1.9L-1.6 -1.9Z'

function scattered(shape: string, colours: readonly string[]): string {
  const places = [
    [8, 8, -12, 1],
    [30, 14, 18, 0.8],
    [19, 30, 4, 0.9],
    [41, 36, -20, 1],
  ] as const
  return places
    .map(
      ([x, y, turn, size], i) =>
        `<path d="${shape}" fill="${colours[i % colours.length]}" transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"/>`,
    )
    .join('')
}

/** Woven as on a loom: four dark and four light threads each way, in a two-over-two twill. */
function houndstooth(accent: Hex): string {
  const cells: string[] = []
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 8; column++) {
      const isDark = (row + column) % 4 < 2 ? column < 4 : row < 4
      if (isDark) cells.push(rect(column * 1.8 - 0.04, row * 1.8 - 0.04, 1.88, 1.88, accent))
    }
  }
  return cells.join('')
}

function plaid(colour: Hex, accent: Hex): string {
  const fine = mixHex(colour, '#ffffff', 0.72)
  const bars = (size: string, x: number, y: number, fill: string, opacity: number): string =>
    size === 'v' ? rect(x, 0, y, 60, fill, opacity) : rect(0, x, 60, y, fill, opacity)
  return ['v', 'h']
    .map(
      (way) =>
        bars(way, 6, 18, accent, 0.5) +
        bars(way, 11, 8, accent, 0.35) +
        bars(way, 41, 1.6, fine, 0.75) +
        bars(way, 47, 1.6, fine, 0.75) +
        bars(way, 32, 4, accent, 0.3),
    )
    .join('')
}

export const tileDesigns: Readonly<Record<TiledPattern, TileDesign>> = {
  stripes: { size: 22, draw: (_, accent) => rect(0, 0, 22, 8, accent) },
  vertical_stripes: {
    size: 13,
    draw: (_, accent) => rect(0, 0, 2.2, 13, accent, 0.9) + rect(6.5, 0, 0.8, 13, accent, 0.6),
  },
  dots: {
    size: 21,
    draw: (_, accent) =>
      `<circle cx="5.2" cy="5.2" r="3.4" fill="${accent}"/><circle cx="15.7" cy="15.7" r="3.4" fill="${accent}"/>`,
  },
  plaid: { size: 60, draw: plaid },
  gingham: {
    size: 13,
    draw: (_, accent) => rect(0, 0, 6.5, 13, accent, 0.52) + rect(0, 0, 13, 6.5, accent, 0.52),
  },
  houndstooth: { size: 14.4, draw: (_, accent) => houndstooth(accent) },
  floral: {
    size: 104,
    draw: (colour, accent) => `<g transform="scale(.8125)">${floralTile(colour, accent)}</g>`,
  },
  ornament: { size: 84, draw: ornamentTile },
  border: {
    size: 36,
    draw: (colour, accent) => `<g transform="scale(.4286)">${ornamentTile(colour, accent)}</g>`,
  },
  leopard: { size: 96, draw: leopardTile },
  zebra: { size: 100, draw: (_, accent) => zebraTile(accent) },
  camouflage: { size: 120, draw: camouflageTile },
  hearts: { size: 44, draw: (_, accent) => scattered(heart, [accent]) },
  stars: { size: 44, draw: (_, accent) => scattered(star, [accent]) },
  paisley: { size: 90, draw: paisleyTile },
}
