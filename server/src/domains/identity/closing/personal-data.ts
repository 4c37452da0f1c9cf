import { type Db, inTransaction, type Reader } from '#infra/db.ts'
import type { AccountId, UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { inPages } from '#kernel/page.ts'
import { timeToWire } from '#kernel/time.ts'
import { findAccount } from '../accounts/queries.ts'
import type { AccountType } from '../model.ts'
import { listPasskeys } from '../passkeys/queries.ts'
import { findUserProfile } from '../users/queries.ts'
import { deleteTraces } from './queries.ts'

type Person = { account_id: AccountId; user_id: UserId }

/** Sessions, consents and secrets of a profile that has ended. May run any number of times. */
export async function eraseTraces(
  deps: { db: Db },
  traces: { account_id: AccountId; profile: AccountType; is_account_closed: boolean; until: Date },
): Promise<void> {
  await inTransaction(deps.db, (tx) => deleteTraces(tx, traces))
}

/** Who the person is here and how he signs in; no secrets. */
export async function* exportProfile(db: Reader, person: Person): AsyncGenerator<JsonObject> {
  const [user, account] = [
    await findUserProfile(db, person.user_id),
    await findAccount(db, person.account_id),
  ]
  if (!user || !account) return
  const passkeys = await listPasskeys(db, account.id)
  yield {
    id: user.id,
    name: user.name,
    email: user.email,
    email_verified_at: user.email_verified_at && timeToWire(user.email_verified_at),
    avatar_url: user.avatar_url,
    locale: account.locale,
    signs_in_with_password: account.password_hash !== null,
    google_id: account.google_id,
    apple_id: account.apple_id,
    telegram_id: account.telegram_id,
    two_factor_enabled_at: account.two_factor_enabled_at && timeToWire(account.two_factor_enabled_at),
    passkeys: passkeys.map((passkey) => passkey.name),
    has_shop: account.shop_id !== null,
    created_at: timeToWire(user.created_at),
    updated_at: timeToWire(user.updated_at),
  }
}

/** Every word that the person said on a document, oldest first. */
export async function* exportConsents(db: Reader, person: Person): AsyncGenerator<JsonObject> {
  const rows = inPages((after_id, limit) =>
    db
      .selectFrom('identity.consents')
      .select(['id', 'document', 'version', 'accepted_at', 'withdrawn_at', 'ip'])
      .where('account_id', '=', person.account_id)
      .where('id', '>', after_id)
      .orderBy('id')
      .limit(limit)
      .execute(),
  )
  for await (const { id: _, accepted_at, withdrawn_at, ...rest } of rows)
    yield {
      ...rest,
      accepted_at: timeToWire(accepted_at),
      withdrawn_at: withdrawn_at && timeToWire(withdrawn_at),
    }
}

/** The sessions that the platform still remembers, oldest first. */
export async function* exportSessions(db: Reader, person: Person): AsyncGenerator<JsonObject> {
  const rows = inPages((after_id, limit) =>
    db
      .selectFrom('identity.sessions')
      .select(['id', 'platform', 'amr', 'user_agent', 'ip', 'created_at', 'last_used_at', 'revoked_at'])
      .where('account_id', '=', person.account_id)
      .where('id', '>', after_id)
      .orderBy('id')
      .limit(limit)
      .execute(),
  )
  for await (const { id: _, created_at, last_used_at, revoked_at, ...rest } of rows)
    yield {
      ...rest,
      created_at: timeToWire(created_at),
      last_used_at: timeToWire(last_used_at),
      ended_at: revoked_at && timeToWire(revoked_at),
    }
}
