import { boxBlur } from '../raster/blur.ts'
import { labOf, lumaOf } from '../raster/colour.ts'
import { clamp, distance } from '../raster/math.ts'
import { decodeRgba } from '../raster/picture-io.ts'
import { fillPolygon } from '../raster/polygon.ts'
import { resizePlane } from '../raster/resample.ts'
import { type Plane, planeLike, type RgbImage } from '../raster/types.ts'
import type { GarmentCut } from './garment-cut.ts'
import type { Models } from './models.ts'
import { parseWhole } from './person/parse.ts'
import { runPose } from './person/pose.ts'
import type { TryOnParts } from './try-on.ts'

/** What can be measured of a result without an eye. Necklines that were missed and armpit smears still need one. */
export type TryOnMetrics = {
  /** Structural similarity of the face before and after; the face must not change (≥ .99). */
  face_ssim: number
  /** The same for background that was not meant to change (≥ .98). */
  background_ssim: number
  /** Share of the quadrilateral shoulders–hips covered by garment, arm or hair (≥ .95). */
  torso_coverage: number
  /** Bhattacharyya coefficient of Lab histograms, garment against covered area (≥ .7; a wrong garment scores lower). */
  colour_match: number
  /** Largest move of shoulders, elbows and hips when the pose is found again, in shoulder widths (≤ .3). */
  pose_shift: number
  /** Share of the covered area that the parsing model, run again, takes for clothes or other (≥ .7). */
  parsed_again: number
}

export async function measureTryOn(models: Models, parts: TryOnParts): Promise<TryOnMetrics> {
  const { scene, picture, cut } = parts
  const { parse, luma } = scene.person
  const after = lumaOf(picture)
  const isSame = planeLike(luma, (i) => {
    const untouched = Math.max(scene.cover.data[i] ?? 0, scene.removed.data[i] ?? 0) < 0.01
    return untouched && (parse.background.data[i] ?? 0) > 0.98 ? 1 : 0
  })
  const isFace = planeLike(luma, (i) => ((parse.face.data[i] ?? 0) > 0.9 ? 1 : 0))
  return {
    face_ssim: ssim(luma, after, isFace),
    background_ssim: ssim(luma, after, isSame),
    torso_coverage: torsoCoverage(parts),
    colour_match: await colourMatch(cut, picture, scene.cover),
    pose_shift: await poseShift(models, parts),
    parsed_again: await parsedAgain(models, parts),
  }
}

/** Mean structural similarity (9×9 windows) of two lumas under a mask; 1 when the mask is empty. */
export function ssim(a: Plane, b: Plane, mask: Plane): number {
  const radius = 4
  const product = (p: Plane, q: Plane): Plane =>
    boxBlur(
      planeLike(p, (i) => (p.data[i] ?? 0) * (q.data[i] ?? 0)),
      radius,
    )
  const meanA = boxBlur(a, radius)
  const meanB = boxBlur(b, radius)
  const [aa, bb, ab] = [product(a, a), product(b, b), product(a, b)]
  let sum = 0
  let count = 0
  for (let i = 0; i < mask.data.length; i++) {
    if ((mask.data[i] ?? 0) <= 0.5) continue
    const ma = meanA.data[i] ?? 0
    const mb = meanB.data[i] ?? 0
    const va = (aa.data[i] ?? 0) - ma * ma
    const vb = (bb.data[i] ?? 0) - mb * mb
    const cov = (ab.data[i] ?? 0) - ma * mb
    sum += ((2 * ma * mb + 1e-4) * (2 * cov + 9e-4)) / ((ma * ma + mb * mb + 1e-4) * (va + vb + 9e-4))
    count++
  }
  return count > 0 ? sum / count : 1
}

/** How alike the colours of a garment and of an area of a picture are, 0–1, tolerant of one bin of shift. */
export async function colourMatch(cut: GarmentCut, picture: RgbImage, area: Plane): Promise<number> {
  const garment = await decodeRgba(cut.png, 900)
  const pixels = garment.width * garment.height
  const image: RgbImage = { width: garment.width, height: garment.height, data: new Uint8Array(pixels * 3) }
  for (let i = 0; i < pixels; i++) image.data.set(garment.data.subarray(i * 4, i * 4 + 3), i * 3)
  const alpha = planeLike(garment, (i) => (garment.data[i * 4 + 3] ?? 0) / 255)
  const a = histogram(image, alpha)
  const b = histogram(picture, area)
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.sqrt((a[i] ?? 0) * (b[i] ?? 0))
  return sum
}

const bins = 8

function histogram(image: RgbImage, weight: Plane): Float64Array {
  const lab = labOf(image)
  let counts = new Float64Array(bins ** 3)
  let total = 0
  for (let i = 0; i < weight.data.length; i++) {
    if ((weight.data[i] ?? 0) <= 0.9) continue
    const l = clamp(Math.floor(((lab[i * 3] ?? 0) / 100) * bins), 0, bins - 1)
    const a = clamp(Math.floor((((lab[i * 3 + 1] ?? 0) + 80) / 160) * bins), 0, bins - 1)
    const b = clamp(Math.floor((((lab[i * 3 + 2] ?? 0) + 80) / 160) * bins), 0, bins - 1)
    const cell = (l * bins + a) * bins + b
    counts[cell] = (counts[cell] ?? 0) + 1
    total++
  }
  for (const stride of [bins * bins, bins, 1]) counts = spread(counts, stride)
  return counts.map((v) => v / (total || 1))
}

/** Weights ¼, ½, ¼ along one axis. */
function spread(counts: Float64Array, stride: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(counts, (v, i) => {
    const position = Math.floor(i / stride) % bins
    const before = position > 0 ? (counts[i - stride] ?? 0) : 0
    const after = position < bins - 1 ? (counts[i + stride] ?? 0) : 0
    return 0.5 * v + 0.25 * (before + after)
  })
}

function torsoCoverage({ scene }: TryOnParts): number {
  const { pose, parse } = scene.person
  const corners = [pose.left.shoulder, pose.right.shoulder, pose.hip_right, pose.hip_left]
  const quad = fillPolygon(corners, scene.cover)
  let covered = 0
  let count = 0
  for (let i = 0; i < quad.data.length; i++) {
    if ((quad.data[i] ?? 0) === 0) continue
    count++
    const bare = Math.max(scene.arms.in_front.data[i] ?? 0, parse.hair.data[i] ?? 0)
    if ((scene.cover.data[i] ?? 0) > 0.5 || bare > 0.5 || isInNeckOpening(scene, i)) covered++
  }
  return count > 0 ? covered / count : 0
}

/** Skin inside the new garment's own neckline is not a hole in it. */
function isInNeckOpening(scene: TryOnParts['scene'], i: number): boolean {
  const { neckline } = scene.body
  const x = i % scene.cover.width
  const y = Math.floor(i / scene.cover.width)
  for (let k = 1; k < neckline.length; k++) {
    const a = neckline[k - 1]
    const b = neckline[k]
    if (a === undefined || b === undefined || x < a.x || x > b.x) continue
    return y <= a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x || 1) + 2
  }
  return false
}

async function poseShift(models: Models, { scene, picture }: TryOnParts): Promise<number> {
  const before = scene.person.pose
  const after = await runPose(models.pose, picture, before.square)
  const pairs = [
    [before.left.shoulder, after.left.shoulder],
    [before.right.shoulder, after.right.shoulder],
    [before.left.elbow, after.left.elbow],
    [before.right.elbow, after.right.elbow],
    [before.hip_left, after.hip_left],
    [before.hip_right, after.hip_right],
  ] as const
  return Math.max(...pairs.map(([a, b]) => distance(a, b))) / scene.person.frame.shoulder_width
}

async function parsedAgain(models: Models, { scene, picture }: TryOnParts): Promise<number> {
  const again = await parseWhole(models.parsing, picture)
  const clothes = resizePlane(again.clothes, picture.width, picture.height)
  const other = resizePlane(again.other, picture.width, picture.height)
  let seen = 0
  let count = 0
  for (let i = 0; i < scene.cover.data.length; i++) {
    if ((scene.cover.data[i] ?? 0) <= 0.5) continue
    count++
    if ((clothes.data[i] ?? 0) + (other.data[i] ?? 0) > 0.5) seen++
  }
  return count > 0 ? seen / count : 0
}
