import sharp from 'sharp'
import type { GarmentCut, TopOutline } from '../engine/garment-cut.ts'
import { toSrgb } from '../raster/colour.ts'
import type { Canvas } from './draw/canvas.ts'
import type { View } from './draw/view.ts'
import type { SpecPicture } from './render-spec.ts'

/** The exact cut-out of a rendered top: its painted front with the template's own curves as landmarks. */
export async function cutOf(picture: SpecPicture): Promise<GarmentCut | null> {
  const { cut, drawing, frame } = picture
  if (cut === null || drawing.kind !== 'top' || drawing.outline === null) return null
  const png = await encodeCut(cut)
  return {
    version: 1,
    kind: 'top',
    origin: 'template',
    width: picture.width,
    height: picture.height,
    outline: toPixels(drawing.outline, frame),
    png,
  }
}

async function encodeCut(cut: Canvas): Promise<Uint8Array> {
  const pixels = new Uint8Array(cut.width * cut.height * 4)
  for (let i = 0; i < cut.cover.length; i++) {
    const cover = cut.cover[i] ?? 0
    if (cover === 0) continue
    for (let k = 0; k < 3; k++) pixels[i * 4 + k] = Math.round(toSrgb((cut.light[i * 3 + k] ?? 0) / cover))
    pixels[i * 4 + 3] = Math.round(cover * 255)
  }
  const raw = { width: cut.width, height: cut.height, channels: 4 as const }
  return await sharp(pixels, { raw }).png({ compressionLevel: 6 }).toBuffer()
}

type Line = { x: number; y: number }[]

function toPixels(outline: TopOutline, view: View): TopOutline {
  const line = (points: Line): Line =>
    points.map(({ x, y }) => ({ x: x * view.scale + view.left, y: y * view.scale + view.top }))
  const sleeve = (one: TopOutline['sleeve_left']): TopOutline['sleeve_left'] =>
    one === null ? null : { outer: line(one.outer), inner: line(one.inner) }
  return {
    neckline: line(outline.neckline),
    shoulder_left: line(outline.shoulder_left),
    shoulder_right: line(outline.shoulder_right),
    side_left: line(outline.side_left),
    side_right: line(outline.side_right),
    hem: line(outline.hem),
    sleeve_left: sleeve(outline.sleeve_left),
    sleeve_right: sleeve(outline.sleeve_right),
  }
}
