import { notAuthenticated } from '#infra/http.ts'
import type { ShopActor, UserActor } from '#kernel/actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { findPendingEmail } from '../email/queries.ts'
import { INVENTED_EMAIL_DOMAIN } from '../model.ts'
import { type AccountRow, findAccount, PROVIDER_COLUMNS, type Provider } from './queries.ts'

export type OwnAccount = {
  /** Null when nobody has told one: the provider did not. */
  email: string | null
  email_verified: boolean
  /** Asked for and not yet confirmed from there. */
  pending_email: string | null
  has_password: boolean
  providers: Provider[]
}

const PROVIDERS: readonly Provider[] = ['google', 'apple', 'telegram']

/** What the caller's account signs in with. @throws not_authenticated (401) */
export async function readAccount(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: UserActor | ShopActor,
): Promise<OwnAccount> {
  const account = await findAccount(deps.db, actor.account_id)
  if (!account) throw notAuthenticated()
  return {
    email: account.email.endsWith(`@${INVENTED_EMAIL_DOMAIN}`) ? null : account.email,
    email_verified: account.email_verified_at !== null,
    pending_email: await findPendingEmail(deps.db, account.id, deps.clock.now()),
    has_password: account.password_hash !== null,
    providers: PROVIDERS.filter((provider) => isLinked(account, provider)),
  }
}

function isLinked(account: AccountRow, provider: Provider): boolean {
  return account[PROVIDER_COLUMNS[provider]] !== null
}
