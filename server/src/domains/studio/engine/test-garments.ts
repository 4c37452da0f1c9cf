import sharp from 'sharp'
import { type CutPoint, type GarmentCut, garmentCutVersion, type TopOutline } from './garment-cut.ts'

/** Drawn garments with known geometry, for tests: flat, on a plain background, 600 × 700 pixels. */

const size = { width: 600, height: 700 }

export type DrawnTop = {
  sleeve: 'none' | 'short' | 'long'
  colour: string
  background: string
  /** CSS colour of horizontal stripes; null for plain. */
  stripes: string | null
  /** Draws the inner back above the front neckline, as product pictures show it. */
  has_inner_back: boolean
}

export const stripedTee: DrawnTop = {
  sleeve: 'short',
  colour: '#f4f1e8',
  background: '#dfe3e6',
  stripes: '#20366b',
  has_inner_back: true,
}

export async function drawTop(top: DrawnTop): Promise<Uint8Array> {
  const outline = outlineOf(top.sleeve)
  const parts = [top.has_inner_back ? innerBack(outline, top.colour) : '', ...garmentSvg(top, outline)]
  return await rasterise(top.background, parts.join(''))
}

/** The same garment as the renderer would hand it over: exact alpha and outline. */
export async function drawnCut(top: DrawnTop): Promise<GarmentCut> {
  const outline = outlineOf(top.sleeve)
  const svg = document(garmentSvg(top, outline).join(''))
  const png = await sharp(Buffer.from(svg)).png().toBuffer()
  return { version: garmentCutVersion, kind: 'top', origin: 'template', ...size, outline, png }
}

export async function drawOther(kind: 'dress' | 'trousers' | 'skirt' | 'nothing'): Promise<Uint8Array> {
  const shapes = {
    dress: 'M250 40 L350 40 L360 90 L390 180 L370 290 L470 660 L130 660 L230 290 L210 180 L240 90 Z',
    trousers: 'M210 60 L390 60 L420 640 L325 640 L300 240 L275 640 L180 640 Z',
    skirt: 'M220 120 L380 120 L470 560 L130 560 Z',
    nothing: '',
  }
  return await rasterise('#eceff1', `<path d="${shapes[kind]}" fill="#8a2f45"/>`)
}

/** The geometry all drawn tops share; the right half mirrors the left one. */
export function outlineOf(sleeve: DrawnTop['sleeve']): TopOutline {
  const neck = { x: 245, y: 104 }
  const tip = sleeve === 'none' ? { x: 190, y: 122 } : { x: 168, y: 130 }
  const armpit = { x: 172, y: 262 }
  const side = [armpit, { x: 176, y: 380 }, { x: 172, y: 500 }, { x: 166, y: 610 }]
  const left = { neck, tip, side, sleeve: sleeveLines(sleeve, tip, armpit) }
  const half = neck.x - size.width / 2
  const neckline = Array.from({ length: 17 }, (_, k) => {
    const u = -1 + k / 8
    return { x: size.width / 2 - u * half, y: neck.y + 62 * Math.sqrt(Math.max(0, 1 - u * u)) }
  })
  const flip = (line: CutPoint[]): CutPoint[] => line.map((p) => ({ x: size.width - p.x, y: p.y }))
  return {
    neckline,
    shoulder_left: [left.neck, left.tip],
    shoulder_right: flip([left.neck, left.tip]),
    side_left: left.side,
    side_right: flip(left.side),
    hem: [
      { x: 166, y: 610 },
      { x: 300, y: 618 },
      { x: 434, y: 610 },
    ],
    sleeve_left: left.sleeve,
    sleeve_right:
      left.sleeve === null ? null : { outer: flip(left.sleeve.outer), inner: flip(left.sleeve.inner) },
  }
}

function sleeveLines(sleeve: DrawnTop['sleeve'], tip: CutPoint, armpit: CutPoint): TopOutline['sleeve_left'] {
  switch (sleeve) {
    case 'none':
      return null
    case 'short':
      return { outer: [tip, { x: 118, y: 190 }, { x: 78, y: 272 }], inner: [armpit, { x: 150, y: 305 }] }
    case 'long':
      return {
        outer: [tip, { x: 112, y: 220 }, { x: 84, y: 400 }, { x: 66, y: 560 }],
        inner: [armpit, { x: 150, y: 330 }, { x: 136, y: 450 }, { x: 118, y: 565 }],
      }
  }
}

function garmentSvg(top: DrawnTop, outline: TopOutline): string[] {
  const body = [
    ...outline.neckline,
    ...outline.shoulder_right,
    ...armhole(top).map((p) => ({ x: size.width - p.x, y: p.y })),
    ...outline.side_right,
    ...outline.hem.toReversed(),
    ...outline.side_left.toReversed(),
    ...armhole(top).toReversed(),
    ...outline.shoulder_left.toReversed(),
  ]
  const sleeves = [outline.sleeve_left, outline.sleeve_right].flatMap((s) =>
    s === null ? [] : [[...s.outer, ...s.inner.toReversed()]],
  )
  const fill = top.stripes === null ? top.colour : 'url(#stripes)'
  const stripes = `<defs><pattern id="stripes" width="10" height="36" patternUnits="userSpaceOnUse">
    <rect width="10" height="36" fill="${top.colour}"/><rect width="10" height="14" fill="${top.stripes ?? top.colour}"/></pattern></defs>`
  return [stripes, ...[...sleeves, body].map((points) => polygon(points, fill))]
}

/** The cut-out for the arm of a sleeveless top: it swings in between strap and armpit. */
function armhole(top: DrawnTop): CutPoint[] {
  return top.sleeve === 'none'
    ? [
        { x: 206, y: 180 },
        { x: 200, y: 230 },
        { x: 188, y: 252 },
      ]
    : []
}

/** Darker than the front, from the back neck edge down to the front one. */
function innerBack(outline: TopOutline, colour: string): string {
  const first = outline.neckline[0] ?? { x: 0, y: 0 }
  const last = outline.neckline.at(-1) ?? first
  const dip = { x: (first.x + last.x) / 2, y: first.y + 12 }
  return polygon([first, dip, last, ...outline.neckline.toReversed()], colour, 'brightness(.62)')
}

function polygon(points: CutPoint[], fill: string, filter = ''): string {
  const list = points.map((p) => `${p.x},${p.y}`).join(' ')
  if (filter === '') return `<polygon points="${list}" fill="${fill}" stroke="${fill}" stroke-width="1"/>`
  return `<polygon points="${list}" fill="${fill}"/><polygon points="${list}" fill="#000" fill-opacity=".4"/>`
}

function document(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${content}</svg>`
}

async function rasterise(background: string, content: string): Promise<Uint8Array> {
  const backdrop = `<rect width="100%" height="100%" fill="${background}"/>`
  return await sharp(Buffer.from(document(backdrop + content)))
    .flatten()
    .removeAlpha()
    .png()
    .toBuffer()
}
