import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Page } from '#kernel/page.ts'
import type { StoredCut } from './image-provider.ts'
import type { Generation, GenerationStatus, Step } from './model.ts'
import { MOVES } from './model.ts'

const COLUMNS = [
  'id',
  'user_id',
  'product_id',
  'type',
  'mode',
  'status',
  'step',
  'prompt',
  'aspect_ratio',
  'person_key',
  'garment_key',
  'save_to_wardrobe',
  'image_key',
  'understood',
  'error_code',
  'charge_kind',
  'price_cents',
  'cost_cents',
  'hold_id',
  'run_id',
  'attempts',
  'sequence',
  'created_at',
  'started_at',
  'finished_at',
] as const

export type NewGeneration = Pick<
  Generation,
  | 'user_id'
  | 'product_id'
  | 'type'
  | 'mode'
  | 'prompt'
  | 'aspect_ratio'
  | 'person_key'
  | 'garment_key'
  | 'save_to_wardrobe'
  | 'charge_kind'
  | 'price_cents'
  | 'hold_id'
  | 'created_at'
> & { request_key: string | null }

export async function insertGeneration(tx: Tx, generation: NewGeneration): Promise<Generation> {
  return typed(
    await tx.insertInto('studio.generations').values(generation).returning(COLUMNS).executeTakeFirstOrThrow(),
  )
}

/**
 * Takes a generation for one run of its job. A run that the queue started anew takes it from the one before, whose worker
 * is dead: from then on only the new `run_id` may change it.
 */
export async function claimGeneration(
  tx: Tx,
  id: number,
  claim: { run_id: string; now: Date },
): Promise<Generation | undefined> {
  const row = await tx
    .updateTable('studio.generations')
    .set((eb) => ({
      status: 'processing',
      run_id: claim.run_id,
      started_at: claim.now,
      step: null,
      attempts: eb('attempts', '+', 1),
      sequence: eb('sequence', '+', 1),
    }))
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'processing'])
    .returning(COLUMNS)
    .executeTakeFirst()
  return row && typed(row)
}

export async function setStep(
  tx: Tx,
  id: number,
  run_id: string,
  step: Step,
): Promise<Generation | undefined> {
  const row = await tx
    .updateTable('studio.generations')
    .set((eb) => ({ step, sequence: eb('sequence', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'processing')
    .where('run_id', '=', run_id)
    .returning(COLUMNS)
    .executeTakeFirst()
  return row && typed(row)
}

export type Move = {
  to: GenerationStatus
  /** Only this run may move it; null for the watchdog and the user. */
  run_id: string | null
  /** Narrows the states from which it may move. */
  from?: GenerationStatus
  changes?: {
    image_key?: string
    width?: number
    height?: number
    understood?: string | null
    error_code?: string
    cost_cents?: number
    transaction_id?: number | null
    provider?: string
    provider_model?: string
    finished_at?: Date
  }
}

/** Moves a generation only along MOVES; undefined when somebody else was faster. */
export async function moveGeneration(tx: Tx, id: number, move: Move): Promise<Generation | undefined> {
  const from = (['queued', 'processing'] as const).filter(
    (state) =>
      (MOVES[state] as readonly string[]).includes(move.to) &&
      (move.from === undefined || move.from === state),
  )
  const row = await tx
    .updateTable('studio.generations')
    .set((eb) => ({ ...move.changes, status: move.to, step: null, sequence: eb('sequence', '+', 1) }))
    .where('id', '=', id)
    .where('status', 'in', from)
    .$if(move.run_id !== null, (query) => query.where('run_id', '=', move.run_id))
    .returning(COLUMNS)
    .executeTakeFirst()
  return row && typed(row)
}

/** What this key of the caller's was accepted as before. */
export async function findByRequestKey(
  db: Reader,
  user_id: UserId,
  request_key: string,
): Promise<Generation | undefined> {
  const row = await db
    .selectFrom('studio.generations')
    .select(COLUMNS)
    .where('user_id', '=', user_id)
    .where('request_key', '=', request_key)
    .executeTakeFirst()
  return row && typed(row)
}

export async function findGeneration(
  db: Reader,
  id: number,
  user_id: UserId,
): Promise<Generation | undefined> {
  const row = await db
    .selectFrom('studio.generations')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  return row && typed(row)
}

export type HistoryFilter = { type?: 'generation' | 'try_on'; status?: GenerationStatus }

/** Newest first, with a total order. */
export async function listGenerations(
  db: Reader,
  user_id: UserId,
  filter: HistoryFilter,
  page: Page,
): Promise<Generation[]> {
  let query = db.selectFrom('studio.generations').select(COLUMNS).where('user_id', '=', user_id)
  if (filter.type) query = query.where('type', '=', filter.type)
  if (filter.status) query = query.where('status', '=', filter.status)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(page.skip)
    .limit(page.limit)
    .execute()
  return rows.map(typed)
}

export function deleteGenerationRow(tx: Tx, id: number, user_id: UserId) {
  return tx
    .deleteFrom('studio.generations')
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .where('status', 'in', ['succeeded', 'failed', 'cancelled'])
    .returning(['image_key', 'person_key'])
    .executeTakeFirst()
}

/** What waits or runs for a user, locked in the order of ids. */
export function listOpen(tx: Tx, user_id: UserId) {
  return tx
    .selectFrom('studio.generations')
    .select('id')
    .where('user_id', '=', user_id)
    .where('status', 'in', ['queued', 'processing'])
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Up to `limit` finished ones that nothing refers to; returns how many went. */
export async function deleteGenerationRows(tx: Tx, user_id: UserId, limit: number): Promise<number> {
  const some = tx
    .selectFrom('studio.generations')
    .select('id')
    .where('user_id', '=', user_id)
    .where('status', 'in', ['succeeded', 'failed', 'cancelled'])
    .orderBy('id')
    .limit(limit)
  const result = await tx.deleteFrom('studio.generations').where('id', 'in', some).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** How many are before it in the queue; 0 = next. */
export async function queuePosition(db: Reader, id: number): Promise<number> {
  const row = await db
    .selectFrom('studio.generations')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('status', 'in', ['queued', 'processing'])
    .where('id', '<', id)
    .executeTakeFirstOrThrow()
  return row.before
}

/** Unfinished ones that were accepted before this time, a batch at once. */
export function listOverdue(db: Reader, accepted_before: Date) {
  return db
    .selectFrom('studio.generations')
    .select('id')
    .where('status', 'in', ['queued', 'processing'])
    .where('created_at', '<', accepted_before)
    .orderBy('id')
    .limit(100)
    .execute()
}

export async function findCut(
  db: Reader,
  image_key: string,
  engine_version: string,
): Promise<StoredCut | null> {
  const row = await db
    .selectFrom('studio.garment_cuts')
    .select(['png', 'facts'])
    .where('image_key', '=', image_key)
    .where('engine_version', '=', engine_version)
    .executeTakeFirst()
  // The column holds what `saveCut` wrote; the provider checks it when it joins the parts.
  return row ? { png: row.png, facts: row.facts as JsonObject } : null
}

export function saveCut(tx: Tx, image_key: string, engine_version: string, cut: StoredCut) {
  const values = { engine_version, png: Buffer.from(cut.png), facts: JSON.stringify(cut.facts) }
  return tx
    .insertInto('studio.garment_cuts')
    .values({ image_key, ...values })
    .onConflict((oc) => oc.column('image_key').doUpdateSet({ ...values, created_at: sql`now()` }))
    .execute()
}

type Row = Omit<
  Generation,
  'type' | 'mode' | 'status' | 'step' | 'aspect_ratio' | 'understood' | 'charge_kind'
> & {
  type: string
  mode: string
  status: string
  step: string | null
  aspect_ratio: string
  understood: unknown
  charge_kind: string
}

/** Checks of the table hold these texts to their unions; the row type from the database cannot say so. */
function typed(row: Row): Generation {
  return row as Generation
}
