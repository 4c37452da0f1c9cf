import type { UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { latestGenerations, latestTransactions, listUsers, type UserFilter } from './admin-queries.ts'
import { findUserProfile } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db'>

/** Users for an admin, filtered and sorted (contract 2.16). */
export function browseUsers(deps: Deps, _admin: UserActor, filter: UserFilter) {
  return listUsers(deps.db, filter)
}

/** One user with what he did last. @throws not_found (404), also for a deleted one */
export async function inspectUser(deps: Deps, _admin: UserActor, { user_id }: { user_id: number }) {
  const user = await findUserProfile(deps.db, user_id)
  if (!user) throw notFound()
  return {
    user,
    transactions: await latestTransactions(deps.db, user_id),
    generations: await latestGenerations(deps.db, user_id),
  }
}
