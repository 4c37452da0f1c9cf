import { labOf } from '../../raster/colour.ts'
import { clamp, lerp, mixPoints } from '../../raster/math.ts'
import { decodeRgba, encodePng, withAlpha } from '../../raster/picture-io.ts'
import type { Plane, Point, RgbaImage } from '../../raster/types.ts'
import {
  type CutPoint,
  type GarmentCut,
  garmentCutVersion,
  type SleeveOutline,
  type TopOutline,
} from '../garment-cut.ts'
import { loadModels } from '../models.ts'
import { EngineRefusal } from '../refusal.ts'
import { bottomAt, type Contour, contourOf, endOf, lineHeight, type Side, topAt } from './contour.ts'
import { findHood } from './hood.ts'
import { kindOf } from './kind.ts'
import { type Corners, findCorners } from './landmarks.ts'
import { findNeckline, roundNeckline } from './neckline.ts'
import { type Cutout, cutOut } from './silhouette.ts'
import { findSleeve } from './sleeves.ts'
import { refuseWorn } from './worn.ts'

/** Longest side at which garments are cut; also what a cut costs to store. */
const cutSideMax = 900

/**
 * Cuts the garment out of its product picture and finds its outline. Takes about a second; cache the result.
 * @throws UnreadablePicture, or EngineRefusal `garment_not_found` / `garment_kind_unsupported`
 */
export async function cutGarment(bytes: Uint8Array): Promise<GarmentCut> {
  const picture = await decodeRgba(bytes, cutSideMax)
  await refuseWorn((await loadModels()).parsing, picture)
  const cutout = cutOut(picture)
  const contour = contourOf(cutout.mask)
  if (contour === null) throw new EngineRefusal('garment_not_found')
  refuseUnlikely(contour, cutout.mask)
  const corners = findCorners(contour)
  const kind = kindOf(contour, corners)
  if (kind !== 'top' || corners === null) throw new EngineRefusal('garment_kind_unsupported')
  const hood = findHood(contour, corners)
  const neckline =
    hood === null ? findNeckline({ contour, lab: labOf(cutout.image), corners }) : roundNeckline(hood.corners)
  const outline = outlineOf(contour, hood?.corners ?? corners, neckline)
  const { width, height } = cutout.mask
  const png = await encodePng(frontOnly(cutout, outline, hood?.base_row ?? 0), 4)
  return { version: garmentCutVersion, kind, origin: 'detected', width, height, outline, png }
}

/** A picture that is all garment (no background was found) or nearly none of it is not a product picture. */
function refuseUnlikely(contour: Contour, mask: Plane): void {
  let area = 0
  for (const v of mask.data) area += v
  const share = area / mask.data.length
  const touches = Number(contour.left < 2) + Number(contour.right > mask.width - 3) + Number(contour.top < 2)
  if (share < 0.04 || share > 0.92 || touches === 3) {
    throw new EngineRefusal('garment_not_found', { garment_share: share, touches })
  }
}

function outlineOf(contour: Contour, corners: Corners, neckline: Point[]): TopOutline {
  const neckLeft = neckline[0] ?? corners.neck_left
  const neckRight = neckline.at(-1) ?? corners.neck_right
  const left = sleeveOf(contour, corners, -1)
  const right = sleeveOf(contour, corners, 1)
  const both = left !== null && right !== null
  return {
    neckline,
    shoulder_left: shoulderLine(contour, neckLeft, corners.shoulder_left),
    shoulder_right: shoulderLine(contour, neckRight, corners.shoulder_right),
    side_left: sideLine(contour, corners, -1),
    side_right: sideLine(contour, corners, 1),
    hem: hemLine(contour, corners),
    sleeve_left: both ? left : null,
    sleeve_right: both ? right : null,
  }
}

function sleeveOf(contour: Contour, corners: Corners, side: Side): SleeveOutline | null {
  if (!corners.has_sleeves) return null
  const { shoulder_left, armpit_left, hem_left, leaves_left } = corners
  const { shoulder_right, armpit_right, hem_right, leaves_right } = corners
  return side < 0
    ? findSleeve(contour, {
        side,
        shoulder: shoulder_left,
        armpit: armpit_left,
        hem: hem_left,
        leaves: leaves_left,
      })
    : findSleeve(contour, {
        side,
        shoulder: shoulder_right,
        armpit: armpit_right,
        hem: hem_right,
        leaves: leaves_right,
      })
}

function shoulderLine(contour: Contour, neck: Point, tip: Point): CutPoint[] {
  const limit = 0.05 * (contour.bottom - contour.top)
  return [0, 1 / 3, 2 / 3, 1].map((share) => {
    const straight = mixPoints(neck, tip, share)
    if (share === 0) return neck
    const y = topAt(contour, straight.x) ?? straight.y
    return { x: straight.x, y: clamp(y, straight.y - limit, straight.y + limit) }
  })
}

function sideLine(contour: Contour, corners: Corners, side: Side): CutPoint[] {
  const armpit = side < 0 ? corners.armpit_left : corners.armpit_right
  const leaves = side < 0 ? corners.leaves_left : corners.leaves_right
  const count = 9
  const out: CutPoint[] = [armpit]
  for (let k = 1; k < count; k++) {
    const y = Math.round(lerp(armpit.y, corners.hem_row, k / (count - 1)))
    // Where a sleeve lies against the body its edge cannot be seen: straight on from where it can.
    if (leaves !== null && y <= leaves.y) {
      out.push({ x: leaves.x, y })
      continue
    }
    const run = contour.runAt(y)
    if (run !== null) out.push({ x: endOf(run, side), y })
  }
  return out
}

/** The lower contour between the corners, limited to ±8 % of the height round the straight line. */
function hemLine(contour: Contour, corners: Corners): CutPoint[] {
  const limit = 0.08 * (contour.bottom - contour.top)
  return [0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1].map((share) => {
    const straight = mixPoints(corners.hem_left, corners.hem_right, share)
    if (share === 0 || share === 1) return straight
    const y = bottomAt(contour, straight.x) ?? straight.y
    return { x: straight.x, y: clamp(y, straight.y - limit, straight.y + limit) }
  })
}

/** Makes transparent what is above the front neck edge, the inner back, and everything above `topRow`, a hood. */
function frontOnly(cutout: Cutout, outline: TopOutline, topRow: number): RgbaImage {
  const out = withAlpha(cutout.image, cutout.alpha)
  for (let i = 0; i < topRow * out.width; i++) out.data[i * 4 + 3] = 0
  const first = outline.neckline[0]?.x ?? 0
  const last = outline.neckline.at(-1)?.x ?? 0
  for (let x = Math.ceil(first); x <= Math.min(last, out.width - 1); x++) {
    const edge = lineHeight(outline.neckline, x)
    for (let y = 0; y < Math.min(out.height, edge + 2); y++) {
      const o = (y * out.width + x) * 4 + 3
      out.data[o] = Math.round((out.data[o] ?? 0) * clamp((y - edge + 0.5) / 2, 0, 1))
    }
  }
  return out
}
