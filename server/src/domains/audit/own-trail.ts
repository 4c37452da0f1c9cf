import type { Reader } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { inPages } from '#kernel/page.ts'
import { timeToWire } from '#kernel/time.ts'

/** What a user did to his own account (sign-ins, sessions, factors, consents), oldest first: for the copy of his data. */
export async function* exportOwnTrail(db: Reader, user_id: UserId): AsyncGenerator<JsonObject> {
  for await (const row of inPages((after_id, limit) => pageOf(db, user_id, after_id, limit)))
    yield {
      action: row.action,
      ip_address: row.ip_address,
      user_agent: row.user_agent,
      created_at: timeToWire(row.created_at),
    }
}

const OWN_ENTITIES = ['account', 'session', 'user']

function pageOf(db: Reader, user_id: UserId, after_id: number, limit: number) {
  return db
    .selectFrom('audit.logs')
    .select(['id', 'action', 'ip_address', 'user_agent', 'created_at'])
    .where('user_id', '=', user_id)
    .where('action', 'like', 'identity.%')
    .where('entity_type', 'in', OWN_ENTITIES)
    .where('id', '>', after_id)
    .orderBy('id')
    .limit(limit)
    .execute()
}
