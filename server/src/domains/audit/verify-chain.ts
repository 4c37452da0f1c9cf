import type { Db } from '#infra/db.ts'
import type { JsonObject } from '#kernel/json.ts'
import { CHAIN_START, chainHash } from './record.ts'

/** `head` is the end of the chain, in hex: kept elsewhere, it proves later that nothing before it was rewritten. */
export type ChainReport = { checked: number; broken_at: number | null; head: string }

const BATCH = 1_000

/**
 * Walks the whole trail and recomputes every hash. `broken_at` is the first row that does not follow from the one
 * before; when rows are missing at the end it is the last row that there should be.
 */
export async function verifyChain(db: Db): Promise<ChainReport> {
  // Read before the walk: rows that are written meanwhile come after it and are not looked at.
  const end = await db.selectFrom('audit.chain_head').selectAll().executeTakeFirstOrThrow()
  let previous: Uint8Array = CHAIN_START
  let checked = 0
  let after_id = 0
  for (;;) {
    const rows = await db
      .selectFrom('audit.logs')
      .selectAll()
      .where('id', '>', after_id)
      .where('id', '<=', end.last_id)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    for (const row of rows) {
      // The columns hold what `record` wrote; JSON carries no type of its own.
      const hashed = {
        ...row,
        old_values: row.old_values as JsonObject | null,
        new_values: row.new_values as JsonObject | null,
      }
      const expected = chainHash(previous, hashed)
      if (!expected.equals(row.hash) || !Buffer.from(previous).equals(row.previous_hash))
        return { checked, broken_at: row.id, head: hex(previous) }
      previous = row.hash
      checked += 1
      after_id = row.id
    }
    if (rows.length === BATCH) continue
    const is_whole = checked === end.rows_count && end.last_hash.equals(previous)
    return { checked, broken_at: is_whole ? null : end.last_id, head: hex(previous) }
  }
}

function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex')
}
