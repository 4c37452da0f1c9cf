import { randomUUID } from 'node:crypto'
import { captureCharge, releaseCharge } from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { JobRun } from '#infra/jobs.ts'
import { asLocale } from '#kernel/locale.ts'
import type { RenderDeps } from './deps.ts'
import { announceGeneration } from './events.ts'
import { type Painted, ProviderFailure, type Refused } from './image-provider.ts'
import { aiMarkXmp } from './mark-picture.ts'
import { chargeOf, type Generation, RESULT_SIDE_MAX, type Step, TRIES_MAX, TRY_TIMEOUT_MS } from './model.ts'
import { claimGeneration, findCut, moveGeneration, saveCut, setStep } from './queries.ts'

/**
 * Job `studio.render_generation`: claim, paint outside any transaction, settle. May run any number of times, also twice
 * at once: the charge is settled exactly once, by the run that claimed last.
 */
export async function renderGeneration(
  deps: RenderDeps,
  run: Pick<JobRun<{ generation_id: number }>, 'data' | 'signal'>,
): Promise<void> {
  const run_id = randomUUID()
  const claimed = await claim(deps, run.data.generation_id, run_id)
  if (!claimed) return
  try {
    const outcome = await paint(deps, claimed, run.signal)
    if (outcome.outcome === 'painted') await succeed(deps, claimed, outcome)
    else await fail(deps, claimed, outcome.code)
  } catch (error) {
    const is_stopping = error instanceof ProviderFailure && error.reason === 'stopping'
    if (is_stopping || claimed.attempts < TRIES_MAX) {
      await backToQueue(deps, claimed)
      throw error
    }
    deps.log.error(
      {
        event: 'studio.generation_gave_up',
        generation_id: claimed.id,
        attempts: claimed.attempts,
        err: error,
      },
      'generation gave up',
    )
    await fail(deps, claimed, error instanceof ProviderFailure ? `provider_${error.reason}` : 'internal')
  }
}

/** A claimed row: its `run_id` is ours. */
type Claimed = Generation & { run_id: string }

function claim(deps: RenderDeps, id: number, run_id: string): Promise<Claimed | undefined> {
  return inTransaction(deps.db, async (tx) => {
    const claimed = await claimGeneration(tx, id, { run_id, now: deps.clock.now() })
    if (!claimed) return undefined
    await announceGeneration(tx, claimed, deps.media)
    return { ...claimed, run_id }
  })
}

async function paint(deps: RenderDeps, generation: Claimed, signal: AbortSignal): Promise<Painted | Refused> {
  const progress = stepReporter(deps, generation)
  const run = { signal, timeout_ms: TRY_TIMEOUT_MS, onStep: progress.report }
  try {
    if (generation.mode === 'generate') {
      const { locale } = await deps.accountOf(deps.db, generation.user_id)
      const person = generation.person_key === null ? null : await deps.media.read(generation.person_key)
      const input = {
        prompt: generation.prompt ?? '',
        locale: asLocale(locale),
        aspect_ratio: generation.aspect_ratio,
        width: RESULT_SIDE_MAX,
        seed: generation.id,
        person,
      }
      return await deps.provider.generate(input, run)
    }
    const { person_key, garment_key } = generation
    if (person_key === null || garment_key === null) return { outcome: 'refused', code: 'image_unreadable' }
    const [person, garment, known] = await Promise.all([
      deps.media.read(person_key),
      deps.media.read(garment_key),
      findCut(deps.db, garment_key, deps.provider.model),
    ])
    const input = { person, garment, garment_cut: known, side_max: RESULT_SIDE_MAX }
    return await deps.provider.tryOn(input, run)
  } finally {
    await progress.settled()
  }
}

/** Writes steps one after another, without holding up the painting; a step that cannot be written is not worth failing for. */
function stepReporter(deps: RenderDeps, generation: Claimed) {
  let writing: Promise<void> = Promise.resolve()
  const write = (step: Step) =>
    inTransaction(deps.db, async (tx) => {
      const row = await setStep(tx, generation.id, generation.run_id, step)
      if (row) await announceGeneration(tx, row, deps.media)
    }).catch((err: unknown) => {
      deps.log.warn(
        { event: 'studio.step_not_written', generation_id: generation.id, err },
        'step not written',
      )
    })
  return {
    report: (step: Step) => {
      writing = writing.then(() => write(step))
    },
    settled: () => writing,
  }
}

async function succeed(deps: RenderDeps, generation: Claimed, painted: Painted): Promise<void> {
  const { provider } = deps
  // A picture made from a photo is a composite, whatever it was charged as.
  const kind = generation.person_key === null ? 'generated' : 'try_on'
  const xmp = aiMarkXmp({ kind, method: provider.generates, model: provider.name, version: provider.model })
  const { account_id } = await deps.accountOf(deps.db, generation.user_id)
  const image_key = await deps.media.store({ owner_account_id: account_id, image: painted.image, xmp })
  const settled = await settleSuccess(deps, generation, painted, image_key)
  // Another run was faster: its picture stands, ours goes.
  if (!settled) await inTransaction(deps.db, (tx) => deps.media.release(tx, [image_key]))
}

function settleSuccess(
  deps: RenderDeps,
  generation: Claimed,
  painted: Painted,
  image_key: string,
): Promise<boolean> {
  const now = deps.clock.now()
  const { provider } = deps
  return inTransaction(deps.db, async (tx) => {
    const changes = {
      image_key,
      width: painted.width,
      height: painted.height,
      understood: painted.understood === null ? null : JSON.stringify(painted.understood),
      provider: provider.name,
      provider_model: provider.model,
      finished_at: now,
    }
    const moved = await moveGeneration(tx, generation.id, {
      to: 'succeeded',
      run_id: generation.run_id,
      changes,
    })
    if (!moved) return false
    await deps.media.link(tx, [image_key])
    const description = generation.type === 'try_on' ? 'AI try-on' : 'AI generation'
    const settlement = {
      user_id: generation.user_id,
      kind: generation.type,
      generation_id: generation.id,
      description,
      now,
    }
    const { transaction_id, cost_cents } = await captureCharge(tx, chargeOf(generation), settlement)
    await tx
      .updateTable('studio.generations')
      .set({ transaction_id, cost_cents })
      .where('id', '=', generation.id)
      .execute()
    if (generation.product_id !== null && generation.type === 'try_on')
      await deps.catalog.countTryOn(tx, generation.product_id)
    if (painted.garment_cut && generation.garment_key) {
      await saveCut(tx, generation.garment_key, provider.model, painted.garment_cut)
    }
    await announceGeneration(tx, { ...moved, cost_cents }, deps.media)
    return true
  })
}

/** Refused or given up: `failed`, cost 0, credit or hold back, in one transaction (contract 4.2). */
function fail(deps: RenderDeps, generation: Claimed, error_code: string): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    const changes = {
      error_code,
      finished_at: deps.clock.now(),
      provider: deps.provider.name,
      provider_model: deps.provider.model,
    }
    const moved = await moveGeneration(tx, generation.id, {
      to: 'failed',
      run_id: generation.run_id,
      changes,
    })
    if (!moved) return
    await releaseCharge(tx, chargeOf(generation), { user_id: generation.user_id, kind: generation.type })
    await announceGeneration(tx, moved, deps.media)
  })
}

function backToQueue(deps: RenderDeps, generation: Claimed): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    const moved = await moveGeneration(tx, generation.id, { to: 'queued', run_id: generation.run_id })
    if (moved) await announceGeneration(tx, moved, deps.media)
  })
}
