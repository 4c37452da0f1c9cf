import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { JsonObject } from '#kernel/json.ts'
import { asLocale } from '#kernel/locale.ts'
import type { StudioMedia } from './deps.ts'
import type { Generation } from './model.ts'
import { viewGeneration } from './view.ts'

const SOCKET_EVENT = {
  queued: 'generation.processing',
  processing: 'generation.processing',
  succeeded: 'generation.completed',
  failed: 'generation.failed',
  cancelled: 'generation.failed',
} as const

/** Tells the user, in the transaction of the change (contract 3.4), and other slices when something came of it. */
export async function announceGeneration(
  tx: Tx,
  generation: Generation,
  media: Pick<StudioMedia, 'url'>,
): Promise<void> {
  const user = await tx
    .selectFrom('identity.v_users')
    .select('locale')
    .where('id', '=', generation.user_id)
    .executeTakeFirst()
  const payload = { generation_id: generation.id, user_id: generation.user_id, status: generation.status }
  // The view holds JSON values only; its type has optional members, which JSON has not.
  const data = viewGeneration(generation, media, { locale: asLocale(user?.locale) }) as JsonObject
  const deliveries = [`user:${generation.user_id}`, `room:generation:${generation.id}`].map((to) => ({
    to,
    data,
  }))
  await emit(tx, { name: SOCKET_EVENT[generation.status], payload, deliveries })
  if (generation.status !== 'succeeded') return
  const { product_id, save_to_wardrobe } = generation
  await emit(tx, {
    name: 'studio.generation_succeeded',
    payload: { ...payload, product_id, save_to_wardrobe },
  })
}
