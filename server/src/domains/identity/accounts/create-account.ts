import { inTransaction, type Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import { actAs } from '#infra/wall.ts'
import type { Locale } from '#kernel/locale.ts'
import type { IdentityDeps } from '../deps.ts'
import { emitShopEvent } from '../events.ts'
import { type AccountType, normaliseEmail } from '../model.ts'
import { hashPassword } from '../password/hash-password.ts'
import { standsAlone } from '../password/password-rules.ts'
import { identityClash } from '../problems.ts'
import { hadUser, insertAccount, insertShop, insertUser, type NewAccount } from './queries.ts'

export type ProfileDeps = Pick<IdentityDeps, 'on_user_created' | 'on_shop_created' | 'config'>

export type NewProfile = { account_id: number; name: string; avatar_url: string | null }

/** User profile with wallet and, for the first one of an account, free credits. Undefined when the account has one. */
export async function addUserProfile(
  tx: Tx,
  deps: ProfileDeps,
  profile: NewProfile,
): Promise<number | undefined> {
  const user = await insertUser(tx, profile)
  if (!user) return undefined
  const { account_id } = profile
  // A shop whose owner begins to buy: its wallet is the user's.
  const is_first = !(await hadUser(tx, account_id))
  await actAs({ kind: 'user', account_id, user_id: user.id }, () =>
    deps.on_user_created(tx, user.id, { with_credits: is_first }),
  )
  await emit(tx, {
    name: 'identity.user_registered',
    payload: { user_id: user.id, account_id },
  })
  return user.id
}

/** Shop profile: not approved, active, wallet empty (contract 2.1.1). Undefined when the account has one. */
export async function addShopProfile(
  tx: Tx,
  deps: ProfileDeps,
  profile: NewProfile & { shop_name?: string },
): Promise<number | undefined> {
  const { account_id, name, avatar_url } = profile
  const shop = await insertShop(tx, {
    account_id,
    shop_name: (profile.shop_name ?? name).slice(0, 255),
    owner_name: name,
    avatar_url,
  })
  if (!shop) return undefined
  // A user who opens a shop: its wallet is the shop's.
  await actAs({ kind: 'shop', account_id, shop_id: shop.id }, () => deps.on_shop_created(tx, shop.id))
  await emit(tx, { name: 'identity.shop_registered', payload: { shop_id: shop.id, account_id } })
  await emitShopEvent(tx, shop.id, 'created', deps.config.media_origin)
  return shop.id
}

export type CreateAccount = {
  email: string
  name: string
  account_types: AccountType[]
  /** Without one the account signs in through a provider, or after a password reset. */
  password?: string
  locale: Locale
  shop_name?: string
}

export type CreatedAccount = { account_id: number; user_id: number | null; shop_id: number | null }

/**
 * A verified account with its profiles, for seeds and operators; people register by `registerAccount`.
 * @throws already_exists (409)
 */
export async function createAccount(
  deps: ProfileDeps & Pick<IdentityDeps, 'db' | 'clock'>,
  input: CreateAccount,
): Promise<CreatedAccount> {
  const password_hash = input.password === undefined ? null : await hashPassword(input.password)
  return inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now()
    const account = await insertAccount(tx, {
      ...emptyAccount(normaliseEmail(input.email), input.locale),
      email_verified_at: now,
      password_hash,
      password_changed_at: password_hash ? now : null,
      password_stands_alone: input.password === undefined || standsAlone(input.password),
    })
    if (!account) throw identityClash()
    const profile = { account_id: account.id, name: input.name, avatar_url: null }
    const wants = (type: AccountType) => input.account_types.includes(type)
    const user_id = wants('user') ? await addUserProfile(tx, deps, profile) : undefined
    const shop_id = wants('shop')
      ? await addShopProfile(tx, deps, {
          ...profile,
          ...(input.shop_name === undefined ? {} : { shop_name: input.shop_name }),
        })
      : undefined
    return { account_id: account.id, user_id: user_id ?? null, shop_id: shop_id ?? null }
  })
}

export function emptyAccount(email: string, locale: Locale): NewAccount {
  return {
    email,
    locale,
    email_verified_at: null,
    password_hash: null,
    password_changed_at: null,
    password_stands_alone: true,
    google_id: null,
    apple_id: null,
    telegram_id: null,
  }
}
