import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import type { Locale } from '#kernel/locale.ts'
import { addShopProfile, addUserProfile, emptyAccount, type ProfileDeps } from '../accounts/create-account.ts'
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  findAccountByGoogleId,
  insertAccount,
  lockAccount,
  updateAccount,
} from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { type AccountType, normaliseEmail } from '../model.ts'
import { identityClash, providerCredentialsInvalid } from '../problems.ts'
import { isProviderPicture } from '../provider-picture.ts'
import type { GoogleIdentity } from './google-sign-in.ts'

type Deps = ProfileDeps & Pick<IdentityDeps, 'db' | 'clock'>
export type LinkGoogleIdentity = {
  identity: GoogleIdentity
  account_type: AccountType
  locale: Locale
  call: CallContext
}

/**
 * The account behind a Google identity: by its subject; else by the verified address of an account, which gets the
 * identity attached; else a new account (DEC-03). A missing profile of the wanted type is added.
 * @throws already_exists (409) when the address belongs to an account that never verified it, or to another Google identity
 */
export async function linkGoogleIdentity(deps: Deps, input: LinkGoogleIdentity): Promise<AccountRow> {
  return inTransaction(deps.db, async (tx) => {
    const id = await accountFor(tx, deps, input)
    const account = await lockAccount(tx, id, 'update')
    if (!account || account.blocked_at !== null) throw providerCredentialsInvalid()
    await addMissingProfile(tx, deps, account, input)
    const complete = await findAccount(tx, id)
    if (!complete) throw providerCredentialsInvalid()
    return complete
  })
}

async function accountFor(tx: Tx, deps: Deps, input: LinkGoogleIdentity): Promise<number> {
  const google_id = input.identity.subject
  const email = normaliseEmail(input.identity.email)
  const existing = await findExisting(tx, email, input)
  if (existing !== null) return existing
  const created = await insertAccount(tx, {
    ...emptyAccount(email, input.locale),
    email_verified_at: deps.clock.now(),
    google_id,
  })
  if (created) return created.id
  // Made by somebody at this very moment, perhaps by the same person in another tab.
  const meanwhile = await findExisting(tx, email, input)
  if (meanwhile === null) throw identityClash()
  return meanwhile
}

async function findExisting(tx: Tx, email: string, input: LinkGoogleIdentity): Promise<number | null> {
  const known = await findAccountByGoogleId(tx, input.identity.subject)
  if (known) return known.id
  const same_address = await findAccountByEmail(tx, email)
  return same_address ? attach(tx, same_address, input) : null
}

async function attach(tx: Tx, account: AccountRow, { identity, call }: LinkGoogleIdentity): Promise<number> {
  const locked = await lockAccount(tx, account.id, 'update')
  const may_attach = locked?.email_verified_at !== null && locked?.google_id === null
  if (!locked || !may_attach) throw identityClash()
  await updateAccount(tx, locked.id, { google_id: identity.subject })
  await record(tx, {
    actor: { kind: 'guest' },
    call,
    action: 'identity.provider_linked',
    entity_type: 'account',
    entity_id: locked.id,
    new_values: { provider: 'google' },
  })
  return locked.id
}

async function addMissingProfile(
  tx: Tx,
  deps: Deps,
  account: AccountRow,
  { identity, account_type }: LinkGoogleIdentity,
): Promise<void> {
  const avatar_url =
    identity.picture !== null && isProviderPicture(identity.picture) ? identity.picture : null
  const profile = { account_id: account.id, name: identity.name, avatar_url }
  if (account_type === 'user' && account.user_id === null) await addUserProfile(tx, deps, profile)
  if (account_type === 'shop' && account.shop_id === null) await addShopProfile(tx, deps, profile)
}
