import { inTransaction, type Tx } from '#infra/db.ts'
import { actAs, type Viewpoint } from '#infra/wall.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { asMethods, asRole, hasSecondFactor } from '../model.ts'
import { tokenRevoked, twoFactorRequired } from '../problems.ts'
import { endOneSession } from '../sessions/end-session.ts'
import { openSession } from '../sessions/open-session.ts'
import { findSession } from '../sessions/queries.ts'
import { findShopProfile } from '../shops/queries.ts'
import { findUserProfile } from '../users/queries.ts'
import { addShopProfile, addUserProfile } from './create-account.ts'
import { readProfiles, type SignedIn } from './finish-sign-in.ts'
import { type AccountRow, findAccount, lockAccount } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'on_user_created' | 'on_shop_created'>

export type SwitchProfile = {
  /** The new session takes the place of the calling one in the browser's cookies: that one ends. */
  replaces_session: boolean
  call: CallContext
}

/**
 * A session as the other profile of the caller's own account, which is made when there is none: his shop for a user,
 * his user profile for a shop. It is found by its owner and by nothing else (A2, A9). The new session is as old and as
 * strong as the calling one.
 * @throws token_revoked (401) when the calling session ended meanwhile; two_factor_required, reauth_required (401) for
 * an admin's session that the sign-in is too weak or too old for
 */
export async function switchProfile(
  deps: Deps,
  actor: UserActor | ShopActor,
  { replaces_session, call }: SwitchProfile,
): Promise<SignedIn> {
  return inTransaction(deps.db, async (tx) => {
    await lockAccount(tx, actor.account_id, 'update')
    // Read again: who waited for the lock saw the profiles as they were before.
    const locked = await findAccount(tx, actor.account_id)
    const session = await findSession(tx, actor.session_id)
    if (!locked || !session || session.revoked_at !== null) throw tokenRevoked()
    const to = actor.kind === 'user' ? await asShop(tx, deps, locked) : await asUser(tx, deps, locked)
    const amr = asMethods(session.amr)
    // Such a session could do nothing, and the one at hand would be gone.
    if (to.viewpoint.kind === 'admin' && !hasSecondFactor(amr)) throw twoFactorRequired()
    if (replaces_session) await endOneSession(tx, deps, session, { reason: 'switched', actor, call })
    // From here on the caller is the other profile: so says the row in the trail, and its wallet is what he sees.
    return actAs(to.viewpoint, async () => {
      const as = {
        account_type: to.account_type,
        platform: actor.kind === 'user' ? ('web' as const) : actor.platform,
      }
      const { tokens } = await openSession(tx, deps, {
        ...as,
        account_id: locked.id,
        amr,
        parent: session,
        call,
      })
      const profiles = await readProfiles(tx, to.owner, as)
      return { kind: 'signed_in', tokens, ...profiles }
    })
  })
}

type Other = { account_type: 'user' | 'shop'; owner: AccountRow; viewpoint: Viewpoint }

async function asShop(tx: Tx, deps: Deps, account: AccountRow): Promise<Other> {
  const shop_id = account.shop_id ?? (await newShop(tx, deps, account))
  const { id: account_id } = account
  return {
    account_type: 'shop',
    owner: { ...account, shop_id },
    viewpoint: { kind: 'shop', account_id, shop_id },
  }
}

async function asUser(tx: Tx, deps: Deps, account: AccountRow): Promise<Other> {
  const user_id = account.user_id ?? (await newUser(tx, deps, account))
  const role = asRole(account.role)
  const { id: account_id } = account
  return {
    account_type: 'user',
    owner: { ...account, user_id, role },
    viewpoint: { kind: role, account_id, user_id },
  }
}

async function newShop(tx: Tx, deps: Deps, { id: account_id, user_id }: AccountRow): Promise<number> {
  const user = user_id === null ? undefined : await findUserProfile(tx, user_id)
  if (!user) throw tokenRevoked()
  const { name } = user
  const profile = { account_id, name, avatar_url: null, shop_name: `${name}'s Shop` }
  return made(await addShopProfile(tx, deps, profile))
}

async function newUser(tx: Tx, deps: Deps, { id: account_id, shop_id }: AccountRow): Promise<number> {
  const shop = shop_id === null ? undefined : await findShopProfile(tx, shop_id)
  if (!shop) throw tokenRevoked()
  return made(await addUserProfile(tx, deps, { account_id, name: shop.owner_name, avatar_url: null }))
}

/** The account is locked and had none: only an account on its way out can refuse one. */
function made(id: number | undefined): number {
  if (id === undefined) throw tokenRevoked()
  return id
}
