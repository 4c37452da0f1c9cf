import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { Page } from '#kernel/page.ts'
import { type ApprovalState, type AskedChange, isApprovalState } from './model.ts'

export type ApprovalFilter = Page & { state?: ApprovalState; kind?: string }
export type ApprovalRow = Awaited<ReturnType<typeof listApprovals>>['items'][number]

type NewApproval = AskedChange & { asked_by: UserId; asked_at: Date; expires_at: Date }

/** Undefined when a request for the same thing waits. */
export function insertApproval(
  tx: Tx,
  { payload, ...approval }: NewApproval,
): Promise<{ id: number } | undefined> {
  return tx
    .insertInto('approvals.approvals')
    .values({ ...approval, payload: JSON.stringify(payload) })
    .onConflict((oc) => oc.columns(['kind', 'subject']).where('state', '=', 'waiting').doNothing())
    .returning('id')
    .executeTakeFirst()
}

export function findWaiting(db: Reader, kind: string, subject: string): Promise<{ id: number } | undefined> {
  return db
    .selectFrom('approvals.approvals')
    .select('id')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
}

/** Requests of a kind that can still be decided, by what they would change. */
export async function listWaitingSubjects(db: Reader, kind: string, now: Date): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('approvals.approvals')
    .select(['id', 'subject'])
    .where('kind', '=', kind)
    .where(stateAt(now), '=', 'waiting')
    .execute()
  return new Map(rows.flatMap(({ id, subject }) => (subject === null ? [] : [[subject, id]])))
}

export async function findApproval(db: Reader, id: number, now: Date) {
  const row = await db
    .selectFrom('approvals.approvals')
    .select(['id', 'kind', 'subject', 'payload', 'reason', 'asked_by'])
    .select(stateAt(now).as('state'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, state: known(row.state) }
}

export type Decision = {
  id: number
  to: 'approved' | 'rejected' | 'withdrawn'
  decided_by: UserId
  note: string | null
  now: Date
}

/** True for the one who decides first, and in time. */
export async function decide(tx: Tx, { id, to, decided_by, note, now }: Decision): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('approvals.approvals')
    .set({ state: to, decided_by, note, decided_at: now })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Overdue requests, all or those for one thing; at most a hundred at once. */
export function expire(tx: Tx, now: Date, of?: { kind: string; subject: string }) {
  const overdue = tx
    .selectFrom('approvals.approvals')
    .select('id')
    .where('state', '=', 'waiting')
    .where('expires_at', '<=', now)
    .$if(of !== undefined, (rows) =>
      rows.where('kind', '=', of?.kind ?? '').where('subject', '=', of?.subject ?? ''),
    )
    .orderBy('id')
    .limit(100)
    .forUpdate()
    .skipLocked()
  return tx
    .updateTable('approvals.approvals')
    .set({ state: 'expired', decided_at: now })
    .where('id', 'in', overdue)
    .where('state', '=', 'waiting')
    .returning(['id', 'kind', 'subject'])
    .execute()
}

/** Newest first, with the names of both persons. */
export async function listApprovals(db: Reader, { state, kind, skip, limit }: ApprovalFilter, now: Date) {
  let rows = db.selectFrom('approvals.approvals as r')
  if (state !== undefined) rows = rows.where(stateAt(now), '=', state)
  if (kind !== undefined) rows = rows.where('r.kind', '=', kind)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .leftJoin('identity.v_users as a', 'a.id', 'r.asked_by')
    .leftJoin('identity.v_users as d', 'd.id', 'r.decided_by')
    .select([
      'r.id',
      'r.kind',
      'r.subject',
      'r.payload',
      'r.reason',
      'r.asked_by',
      'a.name as asked_by_name',
      'r.asked_at',
      'r.expires_at',
      'r.decided_by',
      'd.name as decided_by_name',
      'r.decided_at',
      'r.note',
    ])
    .select(stateAt(now).as('state'))
    .orderBy('r.id', 'desc')
    .limit(limit)
    .offset(skip)
    .execute()
  return { total, items: items.map((row) => ({ ...row, state: known(row.state) })) }
}

export async function countWaiting(db: Reader, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom('approvals.approvals')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(sql<SqlBool>`state = 'waiting' and expires_at > ${now}`)
    .executeTakeFirstOrThrow()
  return count
}

/** The job writes `expired` a little later than it becomes true. */
function stateAt(now: Date) {
  return sql<string>`case when state = 'waiting' and expires_at <= ${now} then 'expired' else state end`
}

function known(state: string): ApprovalState {
  if (!isApprovalState(state)) throw new Error('an approval in a state that there is not')
  return state
}
