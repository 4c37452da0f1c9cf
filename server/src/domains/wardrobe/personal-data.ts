import { type Db, inTransaction, type Reader } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { centsToWire } from '#kernel/money.ts'
import { inPages } from '#kernel/page.ts'
import { timeToWire } from '#kernel/time.ts'
import { deleteItemsOf } from './queries.ts'

const BATCH = 500

/** Deletes a user's wardrobe; the pictures go with his other files. May run any number of times. */
export async function eraseWardrobe(deps: { db: Db }, user_id: UserId): Promise<void> {
  for (let deleted = BATCH; deleted === BATCH; )
    deleted = await inTransaction(deps.db, (tx) => deleteItemsOf(tx, user_id, BATCH))
}

/** Every item of a user's wardrobe, oldest first. `pictureOf` says where in the copy a stored picture is. */
export async function* exportWardrobe(
  db: Reader,
  user_id: UserId,
  pictureOf: (key: string) => string,
): AsyncGenerator<JsonObject> {
  for await (const row of inPages((after_id, limit) => pageOf(db, user_id, after_id, limit)))
    yield {
      id: row.id,
      source: row.source,
      name: row.name,
      description: row.description,
      price: row.price_cents === null ? null : centsToWire(row.price_cents),
      shop_name: row.shop_name,
      original_product_id: row.original_product_id,
      generation_id: row.generation_id,
      is_favorite: row.is_favorite,
      folder: row.folder,
      pictures: row.images.map(pictureOf),
      // The column carries a check: an object or nothing.
      characteristics: row.characteristics as JsonObject | null,
      created_at: timeToWire(row.created_at),
      updated_at: timeToWire(row.updated_at),
    }
}

function pageOf(db: Reader, user_id: UserId, after_id: number, limit: number) {
  return db
    .selectFrom('wardrobe.items')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('id', '>', after_id)
    .orderBy('id')
    .limit(limit)
    .execute()
}
