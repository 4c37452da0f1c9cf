import type { Db } from '#infra/db.ts'
import type { JsonObject } from '#kernel/json.ts'
import { CHAIN_START, chainHash } from './record.ts'

export type ChainReport = { checked: number; broken_at: number | null }

const BATCH = 1_000

/** Walks the whole trail and recomputes every hash. `broken_at` is the first row that does not follow from the one before. */
export async function verifyChain(db: Db): Promise<ChainReport> {
  let previous: Uint8Array = CHAIN_START
  let checked = 0
  let after_id = 0
  for (;;) {
    const rows = await db
      .selectFrom('audit.logs')
      .selectAll()
      .where('id', '>', after_id)
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
        return { checked, broken_at: row.id }
      previous = row.hash
      checked += 1
      after_id = row.id
    }
    if (rows.length < BATCH) return { checked, broken_at: null }
  }
}
