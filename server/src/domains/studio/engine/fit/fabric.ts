import sharp from 'sharp'
import { outsideDistance } from '../../raster/distance.ts'
import { distance, mixPoints, smoothstep } from '../../raster/math.ts'
import { decodeRgba } from '../../raster/picture-io.ts'
import { fillPolygon } from '../../raster/polygon.ts'
import { newPlane, type Plane, type Point, planeLike, type RgbaImage } from '../../raster/types.ts'
import type { CutPoint, GarmentCut, SleeveOutline, TopOutline } from '../garment-cut.ts'
import { EngineRefusal } from '../refusal.ts'

/** The cut's pixels at about the size they will be drawn, with one alpha per part. */
export type Fabric = {
  pixels: RgbaImage
  outline: TopOutline
  torso_alpha: Plane
  sleeve_left_alpha: Plane | null
  sleeve_right_alpha: Plane | null
}

/** Width between the shoulder tips in the cut's pixels. */
export function shoulderSpan(outline: TopOutline): number {
  return distance(lastOf(outline.shoulder_left), lastOf(outline.shoulder_right))
}

/**
 * Decodes a cut for drawing at `scale` person pixels per cut pixel. Cloth that is drawn much smaller is shrunk
 * first, averaging areas: otherwise stripes and prints would alias. @throws EngineRefusal when it is not a top
 */
export async function openFabric(cut: GarmentCut, scale: number): Promise<Fabric> {
  if (cut.kind !== 'top' || cut.outline === null) throw new EngineRefusal('garment_kind_unsupported')
  const shrink = Math.min(1, scale * 1.3)
  const full = await decodeRgba(cut.png, 4096)
  const width = Math.max(16, Math.round(full.width * shrink))
  const height = Math.max(16, Math.round(full.height * shrink))
  const pixels = width === full.width ? full : await shrunk(full, width, height)
  const outline = scaleOutline(cut.outline, width / cut.width, height / cut.height)
  return { pixels, outline, ...partAlphas(pixels, outline) }
}

async function shrunk(image: RgbaImage, width: number, height: number): Promise<RgbaImage> {
  const raw = { width: image.width, height: image.height, channels: 4 as const }
  const data = await sharp(image.data, { raw })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer()
  return { width, height, data }
}

function scaleOutline(outline: TopOutline, sx: number, sy: number): TopOutline {
  const line = (points: CutPoint[]): CutPoint[] => points.map((p) => ({ x: p.x * sx, y: p.y * sy }))
  const sleeve = (s: SleeveOutline | null): SleeveOutline | null =>
    s === null ? null : { outer: line(s.outer), inner: line(s.inner) }
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

/**
 * Each pixel belongs to the part whose polygon is nearest. Round the armholes the parts overlap: the torso keeps a
 * narrow strip, the sleeve a wider fading one, so that no gap opens where they bend differently.
 */
function partAlphas(
  pixels: RgbaImage,
  outline: TopOutline,
): Pick<Fabric, 'torso_alpha' | 'sleeve_left_alpha' | 'sleeve_right_alpha'> {
  const alpha = newPlane(pixels.width, pixels.height)
  for (let i = 0; i < alpha.data.length; i++) alpha.data[i] = (pixels.data[i * 4 + 3] ?? 0) / 255
  const { sleeve_left, sleeve_right } = outline
  if (sleeve_left === null || sleeve_right === null) {
    return { torso_alpha: alpha, sleeve_left_alpha: null, sleeve_right_alpha: null }
  }
  const span = shoulderSpan(outline)
  const toTorso = outsideDistance(fillPolygon(torsoPolygon(outline), pixels))
  const left = outsideDistance(fillPolygon(sleevePolygon(sleeve_left), pixels))
  const right = outsideDistance(fillPolygon(sleevePolygon(sleeve_right), pixels))
  const keep = span * 0.015
  const torso = planeLike(alpha, (i) => {
    const d = toTorso.data[i] ?? 0
    const isNearest = d <= Math.min(left.data[i] ?? 0, right.data[i] ?? 0)
    return isNearest || d < keep ? (alpha.data[i] ?? 0) : 0
  })
  const sleeve = (own: Plane, outlineOf: SleeveOutline): Plane => {
    const armpitY = firstOf(outlineOf.inner).y
    return planeLike(alpha, (i) => {
      const d = own.data[i] ?? 0
      // Where the sleeve runs behind the body the body's own cloth stands in for it.
      if (d <= (toTorso.data[i] ?? 0)) return alpha.data[i] ?? 0
      const isAbove = Math.floor(i / alpha.width) <= armpitY
      return isAbove ? (alpha.data[i] ?? 0) * (1 - smoothstep(span * 0.018, span * 0.05, d)) : 0
    })
  }
  return {
    torso_alpha: torso,
    sleeve_left_alpha: sleeve(left, sleeve_left),
    sleeve_right_alpha: sleeve(right, sleeve_right),
  }
}

function torsoPolygon(outline: TopOutline): Point[] {
  return [
    ...outline.neckline,
    ...outline.shoulder_right,
    ...outline.side_right,
    ...outline.hem.toReversed(),
    ...outline.side_left.toReversed(),
    ...outline.shoulder_left.toReversed(),
  ]
}

function sleevePolygon(sleeve: SleeveOutline): Point[] {
  return [...sleeve.outer, ...sleeve.inner.toReversed()]
}

export function firstOf(line: readonly CutPoint[]): CutPoint {
  return line[0] ?? { x: 0, y: 0 }
}

export function lastOf(line: readonly CutPoint[]): CutPoint {
  return line.at(-1) ?? { x: 0, y: 0 }
}

export function middleOf(line: readonly CutPoint[]): CutPoint {
  return mixPoints(firstOf(line), lastOf(line), 0.5)
}
