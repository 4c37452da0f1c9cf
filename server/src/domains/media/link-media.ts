import type { Tx } from '#infra/db.ts'
import { after } from '#kernel/time.ts'
import { UNLINKED_MS } from './model.ts'
import { markLinked, setExpiry } from './queries.ts'

/**
 * Makes files permanent in the transaction that refers to them. Locks their rows, so a purge cannot take them meanwhile.
 * @throws Error when one of the keys is not there any more: the caller has just resolved them
 */
export async function linkMedia(tx: Tx, keys: readonly string[], now: Date): Promise<void> {
  const wanted = [...new Set(keys)].sort()
  if (wanted.length === 0) return
  const linked = await markLinked(tx, wanted, now)
  if (linked !== wanted.length) throw new Error('a picture vanished while it was being used')
}

/** For files that lost their last reference: they go after a day. The caller knows that nothing of its own refers to them. */
export async function unlinkMedia(tx: Tx, keys: readonly string[], now: Date): Promise<void> {
  if (keys.length > 0) await setExpiry(tx, [...keys], after(now, UNLINKED_MS))
}
