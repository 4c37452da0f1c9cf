import type { ShopActor } from '#kernel/actor.ts'
import { getShopForTrading } from '../identity/public.ts'
import { mediaUrl, type StorePictureDeps, storePictures } from '../media/public.ts'

export type UploadImagesDeps = StorePictureDeps & { media_origin: string; media_signing_key: Buffer }

/**
 * Keeps pictures for a card that is yet to be written; unused ones go after 24 hours. All or none are kept.
 * @throws shop_not_approved, shop_blocked (403) before anything is read, and the refusals of `storePictures`
 */
export async function uploadImages(
  deps: UploadImagesDeps,
  actor: ShopActor,
  pictures: AsyncIterable<Buffer>,
): Promise<string[]> {
  await getShopForTrading(deps.db, actor.shop_id)
  const input = { owner_account_id: actor.account_id, kind: 'product' as const, pictures, field: 'files' }
  const files = await storePictures(deps, input)
  return files.map((file) => mediaUrl(deps, file))
}
