import { findGeneration } from '#domains/studio/public.ts'
import { type Db, inTransaction, type Tx } from '#infra/db.ts'
import type { Listener } from '#infra/outbox.ts'
import type { UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { AI_FOLDER } from './model.ts'
import { generationNotReady, wardrobeFull } from './problems.ts'
import { hasRoom, insertItem, itemsOfGenerations } from './queries.ts'

export type KeepInput = {
  generation_id: number
  name?: string | undefined
  description?: string | undefined
  folder?: string | undefined
  is_favorite?: boolean | undefined
}

/**
 * Keeps a finished picture in the wardrobe (contract 2.9).
 * @throws not_found (404), invalid_state (409) when it did not succeed, wardrobe_limit (403)
 */
export function keepGeneration(deps: { db: Db }, actor: UserActor, input: KeepInput) {
  return inTransaction(deps.db, async (tx) => {
    const generation = await findGeneration(tx, input.generation_id, actor.user_id)
    if (!generation) throw notFound()
    if (generation.status !== 'succeeded' || generation.image_key === null) throw generationNotReady()
    if (!(await hasRoom(tx, actor.user_id))) throw wardrobeFull()
    return insertItem(tx, {
      user_id: actor.user_id,
      source: 'generated',
      name: input.name ?? `AI Generated - ${generation.type}`,
      description: input.description ?? 'Created with AI',
      images: [generation.image_key],
      generation_id: generation.id,
      original_product_id: generation.product_id,
      folder: input.folder ?? AI_FOLDER,
      is_favorite: input.is_favorite ?? false,
    })
  })
}

/** Keeps a try-on that was asked for with `save_to_wardrobe`; a full wardrobe does not fail it (contract 2.10). */
export const keepWantedTryOn: Listener = {
  event: 'studio.generation_succeeded',
  handle: async (tx, { payload }) => {
    if (payload.save_to_wardrobe !== true) return
    await keepTryOn(tx, Number(payload.generation_id), Number(payload.user_id))
  },
}

async function keepTryOn(tx: Tx, generation_id: number, user_id: number): Promise<void> {
  const generation = await findGeneration(tx, generation_id, user_id)
  if (!generation?.image_key || !(await hasRoom(tx, user_id))) return
  const kept = await itemsOfGenerations(tx, [generation_id])
  if (kept.size > 0) return
  const product =
    generation.product_id === null
      ? undefined
      : await tx
          .selectFrom('catalog.v_products')
          .select('name')
          .where('id', '=', generation.product_id)
          .executeTakeFirst()
  await insertItem(tx, {
    user_id,
    source: 'generated',
    name: `Try-on: ${product?.name ?? ''}`.trim().slice(0, 255),
    description: 'Created with AI',
    images: [generation.image_key],
    generation_id,
    original_product_id: generation.product_id,
    folder: AI_FOLDER,
    is_favorite: false,
  })
}
