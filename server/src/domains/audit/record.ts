import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#infra/db.ts'
import { LOCKS } from '#infra/locks.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import type { JsonObject } from '#kernel/json.ts'

export type AuditEntry = {
  actor: Actor
  call: CallContext
  /** `slice.past_tense`, e.g. `moderation.product_approved`. */
  action: string
  entity_type: string
  entity_id: number | null
  /** Secrets and pictures never go in here. */
  old_values?: JsonObject
  new_values?: JsonObject
}

/** The first row of the chain follows these zeros. */
export const CHAIN_START = Buffer.alloc(32)

/**
 * Appends one row to the trail in the caller's transaction: the change and its record exist both or neither.
 * Takes the chain's advisory lock until the transaction ends, so call it late.
 */
export async function record(tx: Tx, entry: AuditEntry): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCKS.audit_chain})`.execute(tx)
  const { previous_hash, created_at } = await tx
    .selectFrom('audit.chain_head')
    .select([
      'last_hash as previous_hash',
      sql<Date>`date_trunc('milliseconds', clock_timestamp())`.as('created_at'),
    ])
    .executeTakeFirstOrThrow()
  const row = { ...whoAndWhat(entry), created_at }
  await tx
    .insertInto('audit.logs')
    .values({
      ...row,
      old_values: row.old_values === null ? null : JSON.stringify(row.old_values),
      new_values: row.new_values === null ? null : JSON.stringify(row.new_values),
      previous_hash,
      hash: chainHash(previous_hash, row),
    })
    .execute()
  // The database moves the head of the chain itself; the application's role cannot.
}

export type HashedRow = {
  user_id: number | null
  shop_id: number | null
  action: string
  entity_type: string
  entity_id: number | null
  old_values: JsonObject | null
  new_values: JsonObject | null
  ip_address: string | null
  user_agent: string | null
  request_id: string | null
  created_at: Date
}

/** sha256 over the previous hash and the row, written in a form that does not depend on key order. */
export function chainHash(previous: Uint8Array, row: HashedRow): Buffer {
  const fields = [
    row.user_id,
    row.shop_id,
    row.action,
    row.entity_type,
    row.entity_id,
    sorted(row.old_values),
    sorted(row.new_values),
    row.ip_address,
    row.user_agent,
    row.request_id,
    row.created_at.toISOString(),
  ]
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest()
}

function whoAndWhat({
  actor,
  call,
  action,
  entity_type,
  entity_id,
  old_values,
  new_values,
}: AuditEntry): Omit<HashedRow, 'created_at'> {
  return {
    user_id: actor.kind === 'user' ? actor.user_id : null,
    shop_id: actor.kind === 'shop' ? actor.shop_id : null,
    action,
    entity_type,
    entity_id,
    old_values: old_values ?? null,
    new_values: new_values ?? null,
    ip_address: call.ip,
    user_agent: call.user_agent?.slice(0, 500) ?? null,
    request_id: call.request_id,
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
