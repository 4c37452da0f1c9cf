import type { Reader } from '#infra/db.ts'
import { asSystem } from '#infra/wall.ts'
import { type MediaFile, type MediaKind, parseMediaPath } from './model.ts'
import { liveFilesByKeys } from './queries.ts'

export type ResolveRules = {
  /** Addresses on another origin are nobody's files. */
  media_origin: string
  /** Whose own files are accepted. */
  account_id: number
  own_kinds: readonly MediaKind[]
  /** Also accept public pictures of product cards, whoever owns them. */
  product_pictures?: boolean
}

/**
 * Turns addresses that a client gave back into known files it may use, in their order; null for anything else.
 * Only the file's key is taken from the text: nothing is fetched and no path is opened (A27).
 */
export async function resolveOwnedMedia(
  db: Reader,
  addresses: readonly string[],
  rules: ResolveRules,
): Promise<(MediaFile | null)[]> {
  const keys = addresses.map((address) => mediaKeyOf(address, rules.media_origin))
  const known = keys.filter((key) => key !== null)
  const find = () => liveFilesByKeys(db, known)
  // A picture on a card is its shop's, and for whoever has its address; `mayUse` lets nothing else through.
  const found = await (rules.product_pictures ? asSystem(find) : find())
  const files = new Map(found.map((file) => [file.storage_key, file]))
  return keys.map((key) => {
    const file = key === null ? undefined : files.get(key)
    return file && mayUse(file, rules) ? file : null
  })
}

/** The key in an address of the media host (absolute, or its path alone), or null. */
export function mediaKeyOf(address: string, media_origin: string): string | null {
  if (!/^(https?:\/\/|\/(?!\/))/.test(address) || !URL.canParse(address, media_origin)) return null
  const url = new URL(address, media_origin)
  return url.origin === media_origin ? (parseMediaPath(url.pathname)?.key ?? null) : null
}

function mayUse(file: MediaFile, rules: ResolveRules): boolean {
  const is_own = file.owner_account_id === rules.account_id && rules.own_kinds.includes(file.kind)
  const is_on_a_card = file.kind === 'product' && file.visibility === 'public' && file.expires_at === null
  return is_own || (rules.product_pictures === true && is_on_a_card)
}
