import { releaseCharge } from '#domains/wallet/public.ts'
import { type Db, inTransaction, type Reader, type Tx } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { centsToWire } from '#kernel/money.ts'
import { inPages } from '#kernel/page.ts'
import { type Clock, timeToWire } from '#kernel/time.ts'
import type { StudioMedia } from './deps.ts'
import { announceGeneration } from './events.ts'
import { chargeOf } from './model.ts'
import { deleteGenerationRows, listOpen, moveGeneration } from './queries.ts'

type StopDeps = { clock: Clock; media: Pick<StudioMedia, 'url'> }

/**
 * Ends what still waits or runs for a user whose account ends; charges go back, and a picture that comes later is
 * thrown away. For the caller's transaction.
 */
export async function stopGenerations(tx: Tx, deps: StopDeps, user_id: UserId): Promise<void> {
  for (const { id } of await listOpen(tx, user_id)) {
    const changes = { error_code: 'account_closed', finished_at: deps.clock.now() }
    const moved = await moveGeneration(tx, id, { to: 'failed', run_id: null, changes })
    if (!moved) continue
    await releaseCharge(tx, chargeOf(moved), { user_id, kind: moved.type })
    await announceGeneration(tx, moved, deps.media)
  }
}

const BATCH = 500

/**
 * Deletes every generation of a user, after his wardrobe; the pictures go with his other files. May run any number of
 * times.
 */
export async function eraseGenerations(deps: StopDeps & { db: Db }, user_id: UserId): Promise<void> {
  for (let deleted = BATCH; deleted === BATCH; )
    deleted = await inTransaction(deps.db, async (tx) => {
      await stopGenerations(tx, deps, user_id)
      return deleteGenerationRows(tx, user_id, BATCH)
    })
}

/** Every generation of a user, oldest first. `pictureOf` says where in the copy a stored picture is. */
export async function* exportGenerations(
  db: Reader,
  user_id: UserId,
  pictureOf: (key: string) => string,
): AsyncGenerator<JsonObject> {
  for await (const row of inPages((after_id, limit) => pageOf(db, user_id, after_id, limit)))
    yield {
      id: row.id,
      type: row.type,
      mode: row.mode,
      status: row.status,
      prompt: row.prompt,
      product_id: row.product_id,
      picture: row.image_key && pictureOf(row.image_key),
      photo: row.person_key && pictureOf(row.person_key),
      cost: centsToWire(row.cost_cents),
      provider: row.provider,
      provider_model: row.provider_model,
      error_code: row.error_code,
      created_at: timeToWire(row.created_at),
      finished_at: row.finished_at && timeToWire(row.finished_at),
    }
}

function pageOf(db: Reader, user_id: UserId, after_id: number, limit: number) {
  return db
    .selectFrom('studio.generations')
    .select(['id', 'type', 'mode', 'status', 'prompt', 'product_id', 'image_key', 'person_key', 'cost_cents'])
    .select(['provider', 'provider_model', 'error_code', 'created_at', 'finished_at'])
    .where('user_id', '=', user_id)
    .where('id', '>', after_id)
    .orderBy('id')
    .limit(limit)
    .execute()
}
