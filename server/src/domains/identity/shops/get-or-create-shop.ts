import { inTransaction, type Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import { actAs } from '#infra/wall.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { addShopProfile } from '../accounts/create-account.ts'
import { readProfiles, type SignedIn } from '../accounts/finish-sign-in.ts'
import { type AccountRow, findAccount, lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { asMethods } from '../model.ts'
import { tokenRevoked } from '../problems.ts'
import { openSession } from '../sessions/open-session.ts'
import { findSession } from '../sessions/queries.ts'
import { findUserProfile } from '../users/queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'on_user_created' | 'on_shop_created'>

/**
 * The shop of the caller's own account, made when there is none, and a session that acts as it. The shop is found by
 * its owner and by nothing else (A2, A9). The new session is as old and as strong as the calling one.
 */
export async function getOrCreateShop(deps: Deps, actor: UserActor, call: CallContext): Promise<SignedIn> {
  const as = { account_type: 'shop', platform: 'web' } as const
  return inTransaction(deps.db, async (tx) => {
    await lockAccount(tx, actor.account_id, 'update')
    const session = await findSession(tx, actor.session_id)
    if (!session || session.revoked_at !== null) throw tokenRevoked()
    const owner = await withShop(tx, deps, actor)
    const { amr: methods, authenticated_at } = session
    const amr = asMethods(methods)
    const { id: account_id, shop_id } = owner
    // From here on the caller is his shop: so says the row in the trail, and its wallet is what he sees.
    return actAs({ kind: 'shop', account_id, shop_id }, async () => {
      const { tokens } = await openSession(tx, deps, { ...as, account_id, amr, authenticated_at, call })
      return { kind: 'signed_in', tokens, ...(await readProfiles(tx, owner, as)) }
    })
  })
}

type ShopOwner = AccountRow & { shop_id: number }

async function withShop(tx: Tx, deps: Deps, actor: UserActor): Promise<ShopOwner> {
  const account = await findAccount(tx, actor.account_id)
  if (account && account.shop_id !== null) return { ...account, shop_id: account.shop_id }
  const user = await findUserProfile(tx, actor.user_id)
  if (!account || !user) throw notAuthenticated()
  const profile = {
    account_id: account.id,
    name: user.name,
    avatar_url: null,
    shop_name: `${user.name}'s Shop`,
  }
  const shop_id = await addShopProfile(tx, deps, profile)
  if (shop_id === undefined) throw notAuthenticated()
  return { ...account, shop_id }
}
