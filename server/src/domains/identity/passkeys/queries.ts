import type { Reader, Tx } from '#infra/db.ts'

export type PasskeyItem = Awaited<ReturnType<typeof listPasskeys>>[number]

export function listPasskeys(db: Reader, account_id: number) {
  return db
    .selectFrom('identity.passkeys')
    .select(['id', 'credential_id', 'transports', 'name', 'is_backed_up', 'created_at', 'last_used_at'])
    .where('account_id', '=', account_id)
    .orderBy('id')
    .execute()
}

/** Of this account only: a passkey of somebody else proves nothing here. */
export function findPasskey(db: Reader, account_id: number, credential_id: string) {
  return db
    .selectFrom('identity.passkeys')
    .select(['id', 'credential_id', 'public_key', 'counter', 'transports'])
    .where('account_id', '=', account_id)
    .where('credential_id', '=', credential_id)
    .executeTakeFirst()
}

export type NewPasskey = {
  account_id: number
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  is_backed_up: boolean
  name: string
  created_at: Date
}

/** Undefined when the credential is registered already, with whomever. */
export function insertPasskey(tx: Tx, passkey: NewPasskey) {
  return tx
    .insertInto('identity.passkeys')
    .values(passkey)
    .onConflict((oc) => oc.column('credential_id').doNothing())
    .returning(['id', 'credential_id', 'transports', 'name', 'is_backed_up', 'created_at', 'last_used_at'])
    .executeTakeFirst()
}

/** Of any number of callers with the same proof one gets true: the counter moved on, or the challenge's taker did. */
export async function advanceCounter(
  tx: Tx,
  use: { id: number; seen: number; counter: number; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('identity.passkeys')
    .set({ counter: use.counter, last_used_at: use.now })
    .where('id', '=', use.id)
    .where('counter', '=', use.seen)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function renamePasskeyRow(
  tx: Tx,
  account_id: number,
  { id, name }: { id: number; name: string },
) {
  return tx
    .updateTable('identity.passkeys')
    .set({ name })
    .where('account_id', '=', account_id)
    .where('id', '=', id)
    .returning(['id', 'credential_id', 'transports', 'name', 'is_backed_up', 'created_at', 'last_used_at'])
    .executeTakeFirst()
}

export function deletePasskeyRow(tx: Tx, account_id: number, id: number) {
  return tx
    .deleteFrom('identity.passkeys')
    .where('account_id', '=', account_id)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst()
}
