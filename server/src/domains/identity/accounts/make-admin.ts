import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import { notFound } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { asRole, normaliseEmail } from '../model.ts'
import { endAll } from '../sessions/end-session.ts'
import { findAccountByEmail, lockAccount, setRole } from './queries.ts'

/**
 * The operator's command that makes an already registered user an admin (contract 2.1.1). Ends his sessions: an admin
 * enters with a second factor only, which he sets up at the next sign-in. Doing it again changes nothing.
 * @throws not_found (404) when nobody is registered as a user under the address
 */
export async function makeAdmin(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  email: string,
): Promise<{ user_id: number; email: string; changed: boolean }> {
  return inTransaction(deps.db, async (tx) => {
    const found = await findAccountByEmail(tx, normaliseEmail(email))
    const account = found && (await lockAccount(tx, found.id, 'update'))
    if (!account || account.user_id === null) throw notFound()
    const { user_id } = account
    if (asRole(account.role) === 'admin') return { user_id, email: account.email, changed: false }
    const by_operator = {
      actor: { kind: 'guest' as const },
      call: { request_id: 'operator', ip: null, user_agent: 'make-admin' },
    }
    await setRole(tx, user_id, 'admin')
    await endAll(tx, deps, { account_id: account.id }, { ...by_operator, reason: 'role_changed' })
    await record(tx, {
      ...by_operator,
      action: 'identity.role_changed',
      entity_type: 'user',
      entity_id: user_id,
      old_values: { role: 'user' },
      new_values: { role: 'admin' },
    })
    return { user_id, email: account.email, changed: true }
  })
}
