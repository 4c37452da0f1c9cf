import { assertAccess } from '#infra/http.ts'
import type { ShopActor, UserActor } from '#kernel/actor.ts'
import { hashSecret, newSecret } from '#kernel/id.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { type ClientType, WS_TICKET_MS } from '../model.ts'
import { ticketKey } from './redeem-ticket.ts'

/**
 * A random text that opens one socket within 30 seconds, so that no token stands in an address (A15).
 * @throws wrong_account_type, admin_only (403)
 */
export async function issueWsTicket(
  deps: Pick<IdentityDeps, 'shared'>,
  actor: UserActor | ShopActor,
  client_type: ClientType,
): Promise<{ ticket: string; expires_in: number }> {
  assertAccess(actor, client_type, false)
  const ticket = newSecret()
  await deps.shared.set(
    ticketKey(hashSecret(ticket)),
    JSON.stringify({ session_id: actor.session_id, client_type }),
    WS_TICKET_MS,
  )
  return { ticket, expires_in: WS_TICKET_MS / SECOND_MS }
}
