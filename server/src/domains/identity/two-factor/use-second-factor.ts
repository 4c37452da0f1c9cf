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
  if ('recovery_code' in factor) {
    const hash = recoveryCodeHash(deps.config.data_encryption_key, account_id, factor.recovery_code)
    return useRecoveryCode(tx, account_id, hash, deps.clock.now())
  }
  const row = await findSecret(tx, account_id)
  return row?.is_confirmed === true && useCode(tx, deps, account_id, { ...row, code: factor.code })
}

/** The same for the code that takes the authenticator app in use. */
export async function useFirstCode(tx: Tx, deps: Deps, account_id: number, code: string): Promise<boolean> {
  const row = await findSecret(tx, account_id)
  return row !== undefined && useCode(tx, deps, account_id, { ...row, code })
}

async function useCode(
  tx: Tx,
  deps: Deps,
  account_id: number,
  { secret_encrypted, code }: { secret_encrypted: Buffer; code: string },
): Promise<boolean> {
  const secret = unseal(deps.config.data_encryption_key, secret_encrypted)
  const step = matchingStep(secret, code, deps.clock.now())
  return step !== null && useStep(tx, account_id, step)
}
