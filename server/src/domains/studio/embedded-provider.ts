import type { Logger } from '#infra/log.ts'
import type { JsonObject } from '#kernel/json.ts'
import { type Engine, startEngine } from './engine/client.ts'
import { EngineFailure } from './engine/failure.ts'
import { fromStoredCut, type GarmentCut, toStoredCut } from './engine/garment-cut.ts'
import { EngineRefusal } from './engine/refusal.ts'
import {
  type ImageProvider,
  type Painted,
  ProviderFailure,
  type ProviderRun,
  type Refused,
  type StoredCut,
} from './image-provider.ts'
import { RESULT_SIDE_MAX } from './model.ts'

/** Changes whenever the engine would make another picture of the same input: cached cuts of older ones are made anew. */
export const ENGINE_VERSION = 'leema-engine-1'

/** Width in pixels at which a described garment is drawn before it is tried on. */
const GARMENT_WIDTH = 900

/** The engine that needs no account and no network: a child process that works on the CPU, one job at a time. */
export function createEmbeddedProvider(log: Logger, options: { child_file?: string } = {}): ImageProvider {
  const engine = startEngine({ ...options, logger: log })
  return {
    name: 'embedded',
    model: ENGINE_VERSION,
    generates: 'procedural',
    tryOn: (input, run) =>
      refusalAsOutcome(async () => {
        const known = input.garment_cut && fromStoredCut(input.garment_cut.png, input.garment_cut.facts)
        const request = { person: input.person, garment: known ?? input.garment, side_max: input.side_max }
        const answer = await engine.run('try_on', request, optionsOf(run))
        const garment_cut = known ? null : storable(answer.cut)
        return {
          outcome: 'painted',
          image: answer.image,
          width: answer.width,
          height: answer.height,
          understood: null,
          garment_cut,
        }
      }),
    generate: (input, run) => refusalAsOutcome(() => paintWords(engine, input, run)),
    close: () => engine.close(),
  }
}

type WordsInput = Parameters<ImageProvider['generate']>[0]

async function paintWords(engine: Engine, input: WordsInput, run: ProviderRun): Promise<Painted | Refused> {
  const { prompt, locale, aspect_ratio, width, seed, person } = input
  if (person) return dressPerson(engine, { ...input, person }, run)
  const answer = await engine.run(
    'render',
    { prompt, locale, aspect_ratio, width, seed, subject: 'model' },
    optionsOf(run),
  )
  if (answer.understood.length === 0) return { outcome: 'refused', code: 'nothing_understood' }
  const understood = { words: answer.understood, ignored: answer.ignored }
  return {
    outcome: 'painted',
    image: answer.png,
    width: answer.width,
    height: answer.height,
    understood,
    garment_cut: null,
  }
}

/** With a photo the described garment is drawn first and then tried on: the person stays who he is. */
async function dressPerson(
  engine: Engine,
  input: WordsInput & { person: Uint8Array },
  run: ProviderRun,
): Promise<Painted | Refused> {
  const { prompt, locale, seed, person } = input
  const drawing = {
    prompt,
    locale,
    seed,
    aspect_ratio: '3:4',
    width: GARMENT_WIDTH,
    subject: 'garment',
  } as const
  const garment = await engine.run('render', drawing, { timeout_ms: run.timeout_ms })
  if (garment.understood.length === 0) return { outcome: 'refused', code: 'nothing_understood' }
  if (!garment.cut) return { outcome: 'refused', code: 'garment_kind_unsupported' }
  const answer = await engine.run(
    'try_on',
    { person, garment: garment.cut, side_max: RESULT_SIDE_MAX },
    optionsOf(run),
  )
  const understood = { words: garment.understood, ignored: garment.ignored }
  return {
    outcome: 'painted',
    image: answer.image,
    width: answer.width,
    height: answer.height,
    understood,
    garment_cut: null,
  }
}

/** What the table keeps of a cut. */
export function storable(cut: GarmentCut): StoredCut {
  const { png, facts } = toStoredCut(cut)
  // Points, sizes and names only: JSON values, though the type is a record and not an index signature.
  return { png, facts: { ...facts } as unknown as JsonObject }
}

function optionsOf(run: ProviderRun) {
  return { on_step: run.onStep, timeout_ms: run.timeout_ms }
}

const REASONS = {
  engine_timed_out: 'timed_out',
  engine_crashed: 'crashed',
  engine_failed: 'failed',
  engine_closed: 'stopping',
} as const

/** A refusal is an outcome; everything else that goes wrong may go right the next time. */
async function refusalAsOutcome(work: () => Promise<Painted | Refused>): Promise<Painted | Refused> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof EngineRefusal) return { outcome: 'refused', code: error.code }
    if (error instanceof EngineFailure) throw new ProviderFailure(REASONS[error.code], error)
    throw error
  }
}
