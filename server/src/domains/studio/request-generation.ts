import { readSetting } from '#domains/settings/public.ts'
import { type Charge, type CreditKind, reserveCharge } from '#domains/wallet/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import type { UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import type { StudioDeps } from './deps.ts'
import { announceGeneration } from './events.ts'
import { renderGenerationJob } from './jobs.ts'
import { type AspectRatio, chargeOf, type Generation } from './model.ts'
import { aiSwitchedOff, productWithoutImages, unknownPicture } from './problems.ts'
import { findByRequestKey, insertGeneration, type NewGeneration } from './queries.ts'

export type Accepted = { generation: Generation; charge: Charge }

type RequestDeps = Pick<StudioDeps, 'db' | 'clock' | 'jobs' | 'media' | 'catalog'>

/**
 * Accepts a try-on of a shop's product: price frozen, means set aside, job queued, in one transaction.
 * Everything that can fail without the AI is checked first (M17).
 * @throws not_found (404), validation_failed (422), insufficient_balance (402), unavailable (503)
 */
export async function requestTryOn(
  deps: RequestDeps,
  actor: UserActor,
  input: { product_id: number; user_image_url: string; save_to_wardrobe: boolean; request_key?: string },
): Promise<Accepted> {
  await assertSwitchedOn(deps)
  const product = await deps.catalog.findListed(deps.db, input.product_id)
  if (!product) throw notFound()
  const garment_key = product.image_keys[0]
  if (!garment_key) throw productWithoutImages()
  const person_key = await deps.media.resolve(deps.db, actor.account_id, input.user_image_url)
  if (!person_key) throw unknownPicture('user_image_url')
  return accept(deps, actor, 'try_on', {
    product_id: product.id,
    mode: 'try_on',
    prompt: null,
    aspect_ratio: '2:3',
    person_key,
    garment_key,
    save_to_wardrobe: input.save_to_wardrobe,
    request_key: input.request_key ?? null,
  })
}

/**
 * Accepts a picture from words: a full-length portrait, 2:3.
 * @throws validation_failed (422), insufficient_balance (402), unavailable (503)
 */
export async function requestPicture(
  deps: RequestDeps,
  actor: UserActor,
  input: { prompt: string; user_image_url?: string; request_key?: string },
): Promise<Accepted> {
  await assertSwitchedOn(deps)
  const aspect_ratio: AspectRatio = '2:3'
  const person_key =
    input.user_image_url === undefined
      ? null
      : await deps.media.resolve(deps.db, actor.account_id, input.user_image_url)
  if (input.user_image_url !== undefined && !person_key) throw unknownPicture('user_image_url')
  return accept(deps, actor, 'generation', {
    product_id: null,
    mode: 'generate',
    prompt: input.prompt,
    aspect_ratio,
    person_key,
    garment_key: null,
    save_to_wardrobe: false,
    request_key: input.request_key ?? null,
  })
}

async function assertSwitchedOn(deps: RequestDeps): Promise<void> {
  if ((await readSetting(deps.db, 'ai_generation_enabled')) === 0) throw aiSwitchedOff()
}

type Work = Omit<NewGeneration, 'user_id' | 'type' | 'charge_kind' | 'price_cents' | 'hold_id' | 'created_at'>

function accept(deps: RequestDeps, actor: UserActor, type: CreditKind, work: Work): Promise<Accepted> {
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    const known =
      work.request_key === null ? undefined : await findByRequestKey(tx, actor.user_id, work.request_key)
    if (known) return { generation: known, charge: chargeOf(known) }
    const price_cents = await readPrice(tx, type)
    const charge = await reserveCharge(tx, {
      user_id: actor.user_id,
      kind: type,
      price_cents,
      reason: type,
      now,
    })
    const generation = await insertGeneration(tx, {
      ...work,
      ...charge,
      user_id: actor.user_id,
      type,
      created_at: now,
    })
    await deps.jobs.enqueue(tx, renderGenerationJob, { generation_id: generation.id })
    await announceGeneration(tx, generation, deps.media)
    return { generation, charge }
  })
}

function readPrice(tx: Tx, type: CreditKind): Promise<number> {
  return readSetting(tx, type === 'generation' ? 'user_generation_price' : 'user_try_on_price')
}
