import sharp from 'sharp'
import { newPlane, type Plane } from '../../raster/types.ts'
import { boxOf, type Curve } from '../geometry/curve.ts'
import type { Part } from '../geometry/drawing.ts'
import { type View, type Window, windowOf } from './view.ts'

/** A part as antialiased masks 0..1 in its own window of the picture. */
export type PartMasks = {
  readonly window: Window
  readonly mask: Plane
  readonly seams: Plane | null
  readonly stitches: Plane | null
}

/** Null when the part lies outside the picture. One SVG per part: red is the mask, green seams, blue stitches. */
export async function rasterisePart(part: Part, view: View): Promise<PartMasks | null> {
  const window = windowOf(boxOf([part.curve]), view, 2)
  if (window === null) return null
  const path = pathData(part.curve, view, window, true)
  const lines = part.lines.map((line) => {
    const isStitch = line.kind === 'stitch'
    const width = Math.max(0.7, line.width * view.scale)
    const dash = isStitch
      ? ` stroke-dasharray="${(3 * view.scale).toFixed(1)} ${(1.5 * view.scale).toFixed(1)}"`
      : ''
    const colour = isStitch ? '#f0f' : '#ff0'
    return `<path d="${pathData(line.curve, view, window, false)}" fill="none" stroke="${colour}" stroke-width="${width.toFixed(2)}"${dash}/>`
  })
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${window.width}" height="${window.height}">`,
    `<clipPath id="p"><path d="${path}"/></clipPath><rect width="100%" height="100%" fill="#000"/>`,
    `<path d="${path}" fill="#f00"/><g clip-path="url(#p)">${lines.join('')}</g></svg>`,
  ].join('')
  const pixels = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer()
  return {
    window,
    mask: channel(pixels, window, 0),
    seams: part.lines.some((line) => line.kind === 'seam') ? channel(pixels, window, 1) : null,
    stitches: part.lines.some((line) => line.kind === 'stitch') ? channel(pixels, window, 2) : null,
  }
}

function channel(pixels: Uint8Array, window: Window, index: number): Plane {
  const plane = newPlane(window.width, window.height)
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = (pixels[i * 3 + index] ?? 0) / 255
  return plane
}

function pathData(curve: Curve, view: View, window: Window, isClosed: boolean): string {
  const points = curve.map((point) => {
    const x = point.x * view.scale + view.left - window.x
    const y = point.y * view.scale + view.top - window.y
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return `M${points.join('L')}${isClosed ? 'Z' : ''}`
}
