import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts'

export type MediaKind =
  | 'product'
  | 'shop_avatar'
  | 'user_avatar'
  | 'wardrobe'
  | 'person'
  | 'generation'
  | 'derived'
type Visibility = 'public' | 'private'

/** A stored picture, as other slices know it. */
export type MediaFile = {
  id: number
  storage_key: string
  owner_account_id: number | null
  kind: MediaKind
  visibility: Visibility
  width: number
  height: number
  preview: string | null
  created_at: Date
  expires_at: Date | null
}

export type KindRule = {
  visibility: Visibility
  /** Longer side after re-encoding, in pixels. */
  side_max: number
  /** Life of a file that nothing refers to. */
  temporary_ms: number
  /** Cut to a square around its middle. */
  is_square?: true
}

const TEMPORARY_MS = DAY_MS

/** Contract 4.12: product and avatar pictures are public, everything that shows a person is private. */
export const KINDS: Record<MediaKind, KindRule> = {
  product: { visibility: 'public', side_max: 2048, temporary_ms: TEMPORARY_MS },
  shop_avatar: { visibility: 'public', side_max: 512, temporary_ms: TEMPORARY_MS, is_square: true },
  user_avatar: { visibility: 'public', side_max: 512, temporary_ms: TEMPORARY_MS, is_square: true },
  wardrobe: { visibility: 'private', side_max: 1600, temporary_ms: TEMPORARY_MS },
  person: { visibility: 'private', side_max: 1600, temporary_ms: 30 * DAY_MS },
  generation: { visibility: 'private', side_max: 2048, temporary_ms: TEMPORARY_MS },
  derived: { visibility: 'private', side_max: 2048, temporary_ms: TEMPORARY_MS },
}

export const PIXELS_MAX = 40_000_000
export const PICTURE_MIME = 'image/webp'

/** Widths in pixels that may be asked for; `original` is the stored file itself. A closed list: nobody can fill the store. */
export const WIDTHS = [320, 640, 1024] as const
export type Width = (typeof WIDTHS)[number] | 'original'

/** An account may store this much, and send this much within 24 hours (contract 7.1, readiness of uploads). */
export const STORED_BYTES_MAX = { personal: 1_073_741_824, trade: 21_474_836_480 }
export const SENT_BYTES_PER_DAY_MAX = 314_572_800

export const SIGNED_MS = 15 * MINUTE_MS
/** Signed addresses change this often only, so that a page shown again finds its pictures in the browser's cache. */
export const SIGNED_STEP_MS = 5 * MINUTE_MS
/** A file that lost its last reference stays this long: somebody may be looking at it, a job may be reading it. */
export const UNLINKED_MS = 24 * HOUR_MS

export type MediaAddress = { key: string; width: Width }

const PATH = /^\/media\/([0-9a-f]{32})\/(original|[1-9][0-9]{1,4})\.webp$/

export function mediaPath(key: string, width: Width = 'original'): string {
  return `/media/${key}/${width}.webp`
}

/** The file and width that a path on the media host names, or null. */
export function parseMediaPath(path: string): MediaAddress | null {
  const [, key, text] = PATH.exec(path) ?? []
  if (key === undefined) return null
  if (text === 'original') return { key, width: 'original' }
  const width = WIDTHS.find((known) => String(known) === text)
  return width === undefined ? null : { key, width }
}

/** Names of a file's objects in the store: the picture itself and everything that can be derived from it. */
export function objectName(key: string, width: Width = 'original'): string {
  return width === 'original' ? `media/${key}.webp` : `derived/${key}/${width}.webp`
}
