import type { ShopActor, UserActor } from '#kernel/actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { listLivingSessions } from './queries.ts'

export type SessionItem = Awaited<ReturnType<typeof listLivingSessions>>[number] & { is_current: boolean }

/** The living sessions of the caller's account, as user and as shop, the latest used first. */
export async function listSessions(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: UserActor | ShopActor,
): Promise<SessionItem[]> {
  const sessions = await listLivingSessions(deps.db, actor.account_id, deps.clock.now())
  return sessions.map((session) => ({ ...session, is_current: session.id === actor.session_id }))
}
