import type { Tx } from '#infra/db.ts'
import type { UserActor } from '#kernel/actor.ts'
import type { UserId } from '#kernel/id.ts'
import { roleChanged } from '../problems.ts'
import { lockAdmins } from './admin-queries.ts'

/**
 * All living admins, locked: roles and blocks stand still until the transaction ends.
 * @throws role_changed (401) when the caller is none any more
 */
export async function lockAdminsAs(tx: Tx, actor: UserActor): Promise<UserId[]> {
  const admins = await lockAdmins(tx)
  if (!admins.includes(actor.user_id)) throw roleChanged()
  return admins
}
