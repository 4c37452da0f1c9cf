import { type StorePictureDeps, storePictures } from '#domains/media/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { ShopActor, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import type { IdentityDeps } from './deps.ts'
import { emitShopEvent } from './events.ts'
import { shopBlocked } from './problems.ts'
import { keepPicture, releasePicture } from './profile-picture.ts'
import { lockShop, updateShop } from './shops/queries.ts'
import { getShop } from './shops/update-my-shop.ts'
import { lockUser, updateUser } from './users/queries.ts'
import { getUser } from './users/update-me.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'uploads'>

/** Stores a picture, makes it the user's and lets the one before go. Returns what is stored of it. */
export async function uploadMyAvatar(
  deps: Deps,
  actor: UserActor,
  pictures: AsyncIterable<Buffer>,
): Promise<string> {
  const key = await storeAvatar(deps.uploads, { account_id: actor.account_id, kind: 'user_avatar', pictures })
  const about = { media_origin: deps.config.media_origin, now: deps.clock.now() }
  return inTransaction(deps.db, async (tx) => {
    await lockUser(tx, actor.user_id)
    const before = await getUser(tx, actor)
    const avatar_url = await keepPicture(tx, key, about.now)
    await updateUser(tx, actor.user_id, { avatar_url })
    await releasePicture(tx, before.avatar_url, about)
    return avatar_url
  })
}

/** As `uploadMyAvatar`, for a shop; whoever shows it is told. @throws shop_blocked (403) before the file is looked at */
export async function uploadShopAvatar(
  deps: Deps,
  actor: ShopActor,
  pictures: AsyncIterable<Buffer>,
): Promise<string> {
  if ((await getShop(deps.db, actor)).blocked_at !== null) throw shopBlocked()
  const key = await storeAvatar(deps.uploads, { account_id: actor.account_id, kind: 'shop_avatar', pictures })
  const about = { media_origin: deps.config.media_origin, now: deps.clock.now() }
  return inTransaction(deps.db, async (tx) => {
    const shop = await lockShop(tx, actor.shop_id)
    if (!shop) throw notFound()
    if (shop.blocked_at !== null) throw shopBlocked()
    const before = await getShop(tx, actor)
    const avatar_url = await keepPicture(tx, key, about.now)
    await updateShop(tx, actor.shop_id, { avatar_url })
    await releasePicture(tx, before.avatar_url, about)
    await emitShopEvent(tx, actor.shop_id, 'updated', about.media_origin)
    return avatar_url
  })
}

async function storeAvatar(
  uploads: StorePictureDeps,
  avatar: {
    account_id: number
    kind: 'user_avatar' | 'shop_avatar'
    pictures: AsyncIterable<Buffer>
  },
): Promise<string> {
  const { account_id: owner_account_id, kind, pictures } = avatar
  const [file] = await storePictures(uploads, { owner_account_id, kind, pictures })
  if (!file) throw new Error('a form that was read has no file')
  return file.storage_key
}
