import type { Tx } from '#infra/db.ts'
import { switchOff } from './disable-two-factor.ts'
import { type FactorChange, type FactorEvent, noteFactorChange } from './note-factor-change.ts'
import { factorsOf } from './queries.ts'

/** A factor is gone: the second step stays on with another one, or goes with the last. @throws as `switchOff` does */
export async function afterRemoval(tx: Tx, change: FactorChange, what: FactorEvent): Promise<void> {
  const left = await factorsOf(tx, change.account.id)
  if (left.totp || left.passkeys > 0) await noteFactorChange(tx, change, what)
  else await switchOff(tx, change)
}
