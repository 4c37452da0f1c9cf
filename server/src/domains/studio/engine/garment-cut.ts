/**
 * A garment cut out of its product picture: exact transparency and the outline the fitting follows.
 * It is made once per product picture (by detection, or exactly by the garment renderer) and can be cached:
 * `toStoredCut` splits it into one PNG and one small JSON document, `fromStoredCut` joins and checks them.
 */

export type CutPoint = { x: number; y: number }

/** What the silhouette is. Only `top` can be tried on; the others exist so that a refusal can be cached too. */
export type GarmentKind = 'top' | 'dress' | 'trousers' | 'skirt' | 'other'

/**
 * One sleeve. Both polylines run from the body to the cuff, so that pairs of points with the same index
 * lie opposite each other across the arm. At least two points each, the same number on both sides is not required.
 */
export type SleeveOutline = {
  /** From the shoulder tip (first point = last point of the shoulder line) along the upper/outer edge to the cuff. */
  outer: CutPoint[]
  /** From the armpit (first point = first point of the side line) along the lower/inner edge to the cuff. */
  inner: CutPoint[]
}

/**
 * The outline of a top laid flat, front up. Coordinates are pixels of the PNG, y down, pixel centres at .5.
 * `left` and `right` are sides of the PICTURE (the wearer's right arm is at the left).
 * Every polyline follows the visible edge; 5–15 points are plenty, smooth curves need more than straight ones.
 */
export type TopOutline = {
  /**
   * The front neck edge from the left neck point to the right one, through its lowest point (V or round).
   * The neck points are where the front neck edge meets the top of the shoulder line; a standing collar
   * may rise above them (its pixels stay in the PNG), the line itself follows where the body shows.
   */
  neckline: CutPoint[]
  /** Top edge from the left neck point (first) to the left shoulder tip: the sleeve seam, or the strap's outer end. */
  shoulder_left: CutPoint[]
  /** Top edge from the right neck point (first) to the right shoulder tip. */
  shoulder_right: CutPoint[]
  /** Left edge of the body from the left armpit (first) down to the left hem corner. Never along the sleeve. */
  side_left: CutPoint[]
  /** Right edge of the body from the right armpit (first) down to the right hem corner. */
  side_right: CutPoint[]
  /** Lower edge from the left hem corner (first) to the right one; a curved hem needs its lowest point. */
  hem: CutPoint[]
  /** null for sleeveless garments (tank tops, vests); then both are null. */
  sleeve_left: SleeveOutline | null
  sleeve_right: SleeveOutline | null
}

export const garmentCutVersion = 1

export type GarmentCut = {
  version: typeof garmentCutVersion
  kind: GarmentKind
  /** `template`: drawn by our renderer, exact. `detected`: found in a picture. */
  origin: 'template' | 'detected'
  /** Size of the PNG in pixels; 500–1200 on the longer side is right. */
  width: number
  height: number
  /** null unless kind is `top`. */
  outline: TopOutline | null
  /**
   * RGBA PNG, sRGB, straight (not premultiplied) alpha, no background and no shadow. ONLY what lies in front of
   * the body: the inner back seen through the neck opening and a hood lying behind the neck are transparent.
   */
  png: Uint8Array
}

/** Everything except the PNG: what a database column of type json can hold. */
export type GarmentCutFacts = Omit<GarmentCut, 'png'>

export function toStoredCut(cut: GarmentCut): { png: Uint8Array; facts: GarmentCutFacts } {
  const { png, ...facts } = cut
  return { png, facts }
}

/** Joins a stored PNG with its facts. @returns null when the facts are of another version or malformed: cut again. */
export function fromStoredCut(png: Uint8Array, facts: unknown): GarmentCut | null {
  if (!isRecord(facts) || facts.version !== garmentCutVersion) return null
  const { kind, origin, width, height, outline } = facts
  if (!isKind(kind) || (origin !== 'template' && origin !== 'detected')) return null
  if (!isSize(width) || !isSize(height) || png.length === 0) return null
  if (kind !== 'top') return { version: garmentCutVersion, kind, origin, width, height, outline: null, png }
  if (!isTopOutline(outline)) return null
  return { version: garmentCutVersion, kind, origin, width, height, outline, png }
}

const kinds: readonly GarmentKind[] = ['top', 'dress', 'trousers', 'skirt', 'other']
const lines = ['neckline', 'shoulder_left', 'shoulder_right', 'side_left', 'side_right', 'hem'] as const

function isTopOutline(value: unknown): value is TopOutline {
  if (!isRecord(value)) return false
  if (!lines.every((line) => isLine(value[line]))) return false
  const left = value.sleeve_left
  const right = value.sleeve_right
  if (left === null && right === null) return true
  return isSleeve(left) && isSleeve(right)
}

function isSleeve(value: unknown): value is SleeveOutline {
  return isRecord(value) && isLine(value.outer) && isLine(value.inner)
}

function isLine(value: unknown): value is CutPoint[] {
  return Array.isArray(value) && value.length >= 2 && value.length <= 400 && value.every(isPoint)
}

function isPoint(value: unknown): value is CutPoint {
  return isRecord(value) && Number.isFinite(value.x) && Number.isFinite(value.y)
}

function isKind(value: unknown): value is GarmentKind {
  return kinds.some((kind) => kind === value)
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 16 && value <= 8192
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
