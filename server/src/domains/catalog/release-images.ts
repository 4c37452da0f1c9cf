import type { Tx } from '#infra/db.ts'
import { mediaKeyOf, unlinkMedia } from '../media/public.ts'
import type { Product } from './model.ts'
import { imagesOnOtherCards } from './queries/products.ts'

/** Pictures that left a card become temporary again, unless another card of the shop shows them. */
export async function releaseImages(
  tx: Tx,
  deps: { media_origin: string },
  { card, paths, now }: { card: Pick<Product, 'id' | 'shop_id'>; paths: string[]; now: Date },
): Promise<void> {
  const still_shown = await imagesOnOtherCards(tx, card, paths)
  const keys = paths
    .filter((path) => !still_shown.includes(path))
    .map((path) => mediaKeyOf(path, deps.media_origin))
    .filter((key) => key !== null)
  await unlinkMedia(tx, keys, now)
}
