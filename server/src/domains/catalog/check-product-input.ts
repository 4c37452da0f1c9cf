import type { Reader } from '#infra/db.ts'
import type { JsonObject } from '#kernel/json.ts'
import { centsFromWire } from '#kernel/money.ts'
import { absoluteUrl, mediaPath, resolveOwnedMedia } from '../media/public.ts'
import { characteristicsFault } from './model.ts'
import { badCharacteristics, badPrice, unknownCategory, unknownImage } from './problems.ts'
import { isActiveCategory } from './queries/categories.ts'

export type CheckDeps = { media_origin: string }

/** @throws validation_failed (422) when the amount has more than two decimals */
export function priceCents(price: number, field = 'price'): number {
  const cents = centsFromWire(price)
  if (cents === null) throw badPrice(field)
  return cents
}

/** @throws validation_failed (422) beyond 8 KiB, 50 keys or one level of nesting */
export function checkedCharacteristics(value: object | null): JsonObject | null {
  if (value === null) return null
  // The schema has let through a JSON object; its members are what JSON can hold.
  const characteristics = value as JsonObject
  const fault = characteristicsFault(characteristics)
  if (fault) throw badCharacteristics(fault)
  return characteristics
}

/** @throws validation_failed (422) when the category does not exist or is switched off */
export async function checkCategory(db: Reader, category_id: number | null): Promise<void> {
  if (category_id !== null && !(await isActiveCategory(db, category_id))) throw unknownCategory('category_id')
}

/**
 * Stored paths of the pictures that a shop named, and the media keys among them. Accepted are its own uploads, and
 * addresses that its card shows already.
 * @throws validation_failed (422) naming the first other one
 */
export async function checkImages(
  db: Reader,
  deps: CheckDeps,
  input: { urls: readonly string[]; field: string; account_id: number; shown: readonly string[] },
): Promise<{ paths: string[]; keys: string[] }> {
  const rules = {
    media_origin: deps.media_origin,
    account_id: input.account_id,
    own_kinds: ['product'] as const,
  }
  const files = await resolveOwnedMedia(db, input.urls, rules)
  const keys: string[] = []
  const paths = input.urls.map((url, index) => {
    const file = files[index]
    if (file) {
      keys.push(file.storage_key)
      return mediaPath(file.storage_key)
    }
    const path = input.shown.find((shown) => url === shown || url === absoluteUrl(deps, shown))
    if (path === undefined) throw unknownImage(`${input.field}.${index}`)
    return path
  })
  return { paths: [...new Set(paths)], keys }
}
