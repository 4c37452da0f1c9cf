import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import type { Locale } from '#kernel/locale.ts'
import { addShopProfile, addUserProfile, emptyAccount, type ProfileDeps } from '../accounts/create-account.ts'
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  findAccountByProvider,
  insertAccount,
  lockAccount,
  PROVIDER_COLUMNS,
  type Provider,
  updateAccount,
} from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { type AccountType, normaliseEmail } from '../model.ts'
import { identityClash, providerCredentialsInvalid } from '../problems.ts'
import { isProviderPicture } from '../provider-picture.ts'

type Deps = ProfileDeps & Pick<IdentityDeps, 'db' | 'clock'>

/** What a provider vouches for. */
export type ProviderIdentity = {
  provider: Provider
  subject: string
  email: string
  /** Made up from the subject, because the provider gave none: never finds an account that is there already. */
  is_email_invented?: boolean
  /** The provider does not vouch for the address: what needs a verified one stays closed. */
  is_email_unverified?: boolean
  name: string
  picture: string | null
  /** Of a shop profile that this sign-in makes; else the name. */
  shop_name?: string
}

export type LinkIdentity = {
  identity: ProviderIdentity
  account_type: AccountType
  locale: Locale
  call: CallContext
}

/**
 * The account behind a provider's identity: by its subject; else by the verified address of an account, which gets the
 * identity attached; else a new account (DEC-03). A missing profile of the wanted type is added.
 * @throws already_exists (409) when the address belongs to an account that never verified it, or to another identity
 * of the same provider
 */
export async function linkIdentity(deps: Deps, input: LinkIdentity): Promise<AccountRow> {
  return inTransaction(deps.db, async (tx) => {
    const id = await accountFor(tx, deps, input)
    const account = await lockAccount(tx, id, 'update')
    if (!account || account.blocked_at !== null) throw providerCredentialsInvalid(input.identity.provider)
    await addMissingProfile(tx, deps, account, input)
    const complete = await findAccount(tx, id)
    if (!complete) throw providerCredentialsInvalid(input.identity.provider)
    return complete
  })
}

async function accountFor(tx: Tx, deps: Deps, input: LinkIdentity): Promise<number> {
  const { provider, subject, is_email_unverified } = input.identity
  const email = normaliseEmail(input.identity.email)
  const existing = await findExisting(tx, email, input)
  if (existing !== null) return existing
  const created = await insertAccount(tx, {
    ...emptyAccount(email, input.locale),
    email_verified_at: is_email_unverified ? null : deps.clock.now(),
    [PROVIDER_COLUMNS[provider]]: subject,
  })
  if (created) return created.id
  // Made by somebody at this very moment, perhaps by the same person in another tab.
  const meanwhile = await findExisting(tx, email, input)
  if (meanwhile === null) throw identityClash()
  return meanwhile
}

async function findExisting(tx: Tx, email: string, input: LinkIdentity): Promise<number | null> {
  const { provider, subject, is_email_invented } = input.identity
  const known = await findAccountByProvider(tx, provider, subject)
  if (known) return known.id
  if (is_email_invented) return null
  const same_address = await findAccountByEmail(tx, email)
  return same_address ? attach(tx, same_address, input) : null
}

async function attach(tx: Tx, account: AccountRow, { identity, call }: LinkIdentity): Promise<number> {
  const locked = await lockAccount(tx, account.id, 'update')
  const column = PROVIDER_COLUMNS[identity.provider]
  // Attached at this very moment by the same person in another tab.
  if (locked?.[column] === identity.subject) return locked.id
  const may_attach = locked?.email_verified_at !== null && locked?.[column] === null
  if (!locked || !may_attach) throw identityClash()
  await updateAccount(tx, locked.id, { [column]: identity.subject })
  await record(tx, {
    actor: { kind: 'guest' },
    call,
    action: 'identity.provider_linked',
    entity_type: 'account',
    entity_id: locked.id,
    new_values: { provider: identity.provider },
  })
  return locked.id
}

async function addMissingProfile(
  tx: Tx,
  deps: Deps,
  account: AccountRow,
  { identity, account_type }: LinkIdentity,
): Promise<void> {
  const { name, shop_name } = identity
  const avatar_url =
    identity.picture !== null && isProviderPicture(identity.picture) ? identity.picture : null
  const profile = { account_id: account.id, name, avatar_url }
  if (account_type === 'user' && account.user_id === null) await addUserProfile(tx, deps, profile)
  if (account_type === 'shop' && account.shop_id === null)
    await addShopProfile(tx, deps, { ...profile, ...(shop_name === undefined ? {} : { shop_name }) })
}
