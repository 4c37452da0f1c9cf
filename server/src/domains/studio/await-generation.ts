import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { Generation } from './model.ts'
import { findGeneration } from './queries.ts'

const POLL_MS = 250
const WAIT_S_MAX = 25

/** Seconds that a `Prefer: wait=N` header asks for (RFC 7240), at most 25; 0 without one. */
export function waitSeconds(prefer: string | undefined): number {
  const asked = /(?:^|[,;\s])wait\s*=\s*(\d{1,4})/i.exec(prefer ?? '')?.[1]
  return Math.min(Number(asked ?? 0), WAIT_S_MAX)
}

/** The row once it is over, or undefined when it is not within `seconds`. */
export async function awaitGeneration(
  db: Db,
  generation: { id: number; user_id: UserId },
  seconds: number,
): Promise<Generation | undefined> {
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until) {
    await pause(POLL_MS)
    const row = await findGeneration(db, generation.id, generation.user_id)
    if (!row || !['queued', 'processing'].includes(row.status)) return row
  }
  return undefined
}
