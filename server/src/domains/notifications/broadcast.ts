import type { StoredEvent } from '#infra/outbox.ts'
import type { SharedState } from '#infra/shared-state.ts'
import type { SocketHub, SocketMessage } from './socket-hub.ts'

const CHANNEL = 'socket_events'

/** Hands an event to the sockets of all processes. */
export async function broadcast(shared: Pick<SharedState, 'publish'>, event: StoredEvent): Promise<void> {
  const message: SocketMessage = {
    id: String(event.id),
    event: event.name,
    timestamp: event.created_at.toISOString(),
    deliveries: event.deliveries,
  }
  await shared.publish(CHANNEL, JSON.stringify(message))
}

/** Lets this process's sockets hear what any process broadcasts. */
export function hearBroadcasts(
  shared: Pick<SharedState, 'subscribe'>,
  hub: SocketHub,
): Promise<() => Promise<void>> {
  // Only `broadcast` writes to the channel.
  return shared.subscribe(CHANNEL, (text) => hub.deliver(JSON.parse(text) as SocketMessage))
}
