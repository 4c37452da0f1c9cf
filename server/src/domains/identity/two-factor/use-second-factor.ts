import { unseal } from '#infra/crypto-box.ts'
import type { Tx } from '#infra/db.ts'
import type { IdentityDeps } from '../deps.ts'
import { findSecret, useRecoveryCode, useStep } from './queries.ts'
import { recoveryCodeHash } from './recovery-codes.ts'
import { matchingStep } from './totp.ts'

type Deps = Pick<IdentityDeps, 'clock' | 'config'>
export type SecondFactor = { code: string } | { recovery_code: string }

/** True when the code is right and was not used before; it is used up with the caller's transaction. The caller limits tries. */
export async function useSecondFactor(
  tx: Tx,
  deps: Deps,
  account_id: number,
  factor: SecondFactor,
): Promise<boolean> {
  const now = deps.clock.now()
  const key = deps.config.data_encryption_key
  if ('recovery_code' in factor)
    return useRecoveryCode(tx, account_id, recoveryCodeHash(key, account_id, factor.recovery_code), now)
  const row = await findSecret(tx, account_id)
  const step = row ? matchingStep(unseal(key, row.secret_encrypted), factor.code, now) : null
  return step !== null && useStep(tx, account_id, step)
}
