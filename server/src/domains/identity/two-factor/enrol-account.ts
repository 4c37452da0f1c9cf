import { seal } from '#infra/crypto-box.ts'
import { inTransaction } from '#infra/db.ts'
import { updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { confirmSecret, saveSecret } from './queries.ts'
import { newTotpSecret } from './totp.ts'

/** Gives an account a second factor without its owner: for the demo's admin. Returns the secret (base32). */
export async function enrolAccount(
  deps: Pick<IdentityDeps, 'db' | 'clock' | 'config'>,
  account_id: number,
): Promise<string> {
  const secret = newTotpSecret()
  await inTransaction(deps.db, async (tx) => {
    await saveSecret(tx, account_id, seal(deps.config.data_encryption_key, secret))
    await confirmSecret(tx, account_id, deps.clock.now())
    await updateAccount(tx, account_id, { two_factor_enabled_at: deps.clock.now() })
  })
  return secret
}
