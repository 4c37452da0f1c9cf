import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'

/** Replaces a secret that was never confirmed. */
export async function saveSecret(tx: Tx, account_id: number, secret_encrypted: Buffer): Promise<void> {
  await tx
    .insertInto('identity.two_factor_secrets')
    .values({ account_id, secret_encrypted })
    .onConflict((oc) =>
      oc.column('account_id').doUpdateSet({ secret_encrypted, last_counter: 0, confirmed_at: null }),
    )
    .execute()
}

/** `is_confirmed`: a first code was seen; until then the secret proves nothing. */
export function findSecret(
  db: Reader,
  account_id: number,
): Promise<{ secret_encrypted: Buffer; is_confirmed: boolean } | undefined> {
  return db
    .selectFrom('identity.two_factor_secrets')
    .select(['secret_encrypted', sql<boolean>`confirmed_at is not null`.as('is_confirmed')])
    .where('account_id', '=', account_id)
    .executeTakeFirst()
}

export async function confirmSecret(tx: Tx, account_id: number, now: Date): Promise<void> {
  await tx
    .updateTable('identity.two_factor_secrets')
    .set({ confirmed_at: now })
    .where('account_id', '=', account_id)
    .execute()
}

export type Factors = { totp: boolean; passkeys: number; recovery_codes_left: number }

/** What an account can prove the second step with. */
export async function factorsOf(db: Reader, account_id: number): Promise<Factors> {
  const { rows } = await sql<Factors>`
    select
      exists (
        select 1 from identity.two_factor_secrets where account_id = ${account_id} and confirmed_at is not null
      ) as totp,
      (select count(*) from identity.passkeys where account_id = ${account_id}) as passkeys,
      (
        select count(*) from identity.recovery_codes where account_id = ${account_id} and used_at is null
      ) as recovery_codes_left`.execute(db)
  return rows[0] ?? { totp: false, passkeys: 0, recovery_codes_left: 0 }
}

/** Of any number of callers with a code of this step one gets true; an older step is used up as well. */
export async function useStep(tx: Tx, account_id: number, step: number): Promise<boolean> {
  const row = await tx
    .updateTable('identity.two_factor_secrets')
    .set({ last_counter: step })
    .where('account_id', '=', account_id)
    .where('last_counter', '<', step)
    .returning('account_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function useRecoveryCode(
  tx: Tx,
  account_id: number,
  code_hash: string,
  now: Date,
): Promise<boolean> {
  const row = await tx
    .updateTable('identity.recovery_codes')
    .set({ used_at: now })
    .where('account_id', '=', account_id)
    .where('code_hash', '=', code_hash)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function replaceRecoveryCodes(tx: Tx, account_id: number, hashes: string[]): Promise<void> {
  await tx.deleteFrom('identity.recovery_codes').where('account_id', '=', account_id).execute()
  await tx
    .insertInto('identity.recovery_codes')
    .values(hashes.map((code_hash) => ({ account_id, code_hash })))
    .execute()
}

/** False when no app was in use; a secret that was never confirmed is none. */
export async function deleteSecret(tx: Tx, account_id: number): Promise<boolean> {
  const row = await tx
    .deleteFrom('identity.two_factor_secrets')
    .where('account_id', '=', account_id)
    .where('confirmed_at', 'is not', null)
    .returning('account_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteSecondFactor(tx: Tx, account_id: number): Promise<void> {
  await tx.deleteFrom('identity.recovery_codes').where('account_id', '=', account_id).execute()
  await tx.deleteFrom('identity.two_factor_secrets').where('account_id', '=', account_id).execute()
  await tx.deleteFrom('identity.passkeys').where('account_id', '=', account_id).execute()
}
