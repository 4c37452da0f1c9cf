import type { Tx } from '#infra/db.ts'
import { emptyAccount } from '../accounts/create-account.ts'
import type { AccountRow } from '../accounts/queries.ts'
import type { AccountType } from '../model.ts'

/** Stands where an address was. Without `@` it is nobody's: no registration and no provider can bring it. */
export function closedAddress(profile: AccountType, profile_id: number): string {
  return `deleted-${profile}-${profile_id}`
}

/** Nothing personal stays in the row; what others refer to (transactions, reviews) keeps its owner's number. */
export async function wipeUser(tx: Tx, user_id: number, now: Date): Promise<void> {
  await tx
    .updateTable('identity.users')
    .set({ name: 'Deleted user', avatar_url: null, role: 'user', updated_at: now })
    .where('id', '=', user_id)
    .execute()
}

export async function wipeShop(tx: Tx, shop_id: number, now: Date): Promise<void> {
  await tx
    .updateTable('identity.shops')
    .set({
      shop_name: 'Deleted shop',
      owner_name: 'Deleted',
      description: null,
      avatar_url: null,
      phone: null,
      whatsapp_number: null,
      address: null,
      is_approved: false,
      block_reason: null,
      rejection_reason: null,
      deleted_at: now,
      updated_at: now,
    })
    .where('id', '=', shop_id)
    .execute()
}

/** The account signs in nobody any more; address and providers' subjects are free for a new one. */
export async function closeAccount(
  tx: Tx,
  account_id: number,
  { address, now }: { address: string; now: Date },
): Promise<void> {
  await tx
    .updateTable('identity.accounts')
    .set({
      email: address,
      email_verified_at: null,
      password_hash: null,
      password_changed_at: null,
      google_id: null,
      apple_id: null,
      telegram_id: null,
      blocked_by: null,
      block_reason: null,
      two_factor_enabled_at: null,
      deleted_at: now,
      updated_at: now,
    })
    .where('id', '=', account_id)
    .execute()
  await deleteSecrets(tx, account_id)
}

async function deleteSecrets(tx: Tx, account_id: number): Promise<void> {
  await tx.deleteFrom('identity.two_factor_secrets').where('account_id', '=', account_id).execute()
  await tx.deleteFrom('identity.recovery_codes').where('account_id', '=', account_id).execute()
  await tx.deleteFrom('identity.passkeys').where('account_id', '=', account_id).execute()
  await tx.deleteFrom('identity.email_tokens').where('account_id', '=', account_id).execute()
}

/** Hangs a wiped profile on a closed account of its own: the living one may get a new profile of the kind. */
export async function detachProfile(
  tx: Tx,
  account: AccountRow,
  profile: { type: AccountType; id: number; now: Date },
): Promise<void> {
  const { id: account_id } = await tx
    .insertInto('identity.accounts')
    .values({ ...emptyAccount(closedAddress(profile.type, profile.id), 'ru'), deleted_at: profile.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .updateTable(profile.type === 'user' ? 'identity.users' : 'identity.shops')
    .set({ account_id })
    .where('id', '=', profile.id)
    .where('account_id', '=', account.id)
    .execute()
  if (profile.type === 'user')
    await tx.updateTable('identity.accounts').set({ had_user: true }).where('id', '=', account.id).execute()
}

/** Of a closed account everything that it ever signed in with or agreed to; of a living one what was the user's alone. */
export async function deleteTraces(
  tx: Tx,
  traces: { account_id: number; profile: AccountType; is_account_closed: boolean; until: Date },
): Promise<void> {
  const { account_id, profile, is_account_closed, until } = traces
  await tx
    .deleteFrom('identity.sessions')
    .where('account_id', '=', account_id)
    .where('created_at', '<=', until)
    .$if(!is_account_closed, (query) => query.where('account_type', '=', profile))
    .execute()
  await tx
    .deleteFrom('identity.consents')
    .where('account_id', '=', account_id)
    .where('accepted_at', '<=', until)
    .$if(!is_account_closed, (query) =>
      query.where('document', 'in', profile === 'user' ? [...USER_DOCUMENTS] : [...SHOP_DOCUMENTS]),
    )
    .execute()
  if (is_account_closed) await deleteSecrets(tx, account_id)
}

/** What only the one or the other profile is asked to agree to; the rest belongs to the account. */
const USER_DOCUMENTS = ['photo_processing', 'returns'] as const
const SHOP_DOCUMENTS = ['shop_offer'] as const
