import { inTransaction } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { UserActor } from '#kernel/actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { releasePicture, usePicture } from '../profile-picture.ts'
import { findUserProfile, lockUser, type UserProfile, updateUser } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config'>

/** Only given fields change; `avatar_url: null` clears it. @throws validation_failed (422) for a foreign picture */
export async function updateMe(
  deps: Deps,
  actor: UserActor,
  input: { name?: string; avatar_url?: string | null },
): Promise<UserProfile> {
  const { media_origin } = deps.config
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    await lockUser(tx, actor.user_id)
    const before = await getUser(tx, actor)
    const { name, avatar_url } = input
    const picture =
      avatar_url &&
      (await usePicture(tx, {
        account_id: actor.account_id,
        address: avatar_url,
        kind: 'user_avatar',
        media_origin,
        now,
      }))
    await updateUser(tx, actor.user_id, {
      ...(name === undefined ? {} : { name }),
      ...(picture === undefined ? {} : { avatar_url: picture || null }),
    })
    const changed = await getUser(tx, actor)
    if (before.avatar_url !== changed.avatar_url)
      await releasePicture(tx, before.avatar_url, { media_origin, now })
    return changed
  })
}

/** The caller's own profile with his means. */
export async function getUser(
  db: Parameters<typeof findUserProfile>[0],
  actor: UserActor,
): Promise<UserProfile> {
  const user = await findUserProfile(db, actor.user_id)
  if (!user) throw notAuthenticated()
  return user
}
