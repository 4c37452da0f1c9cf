import type { Actor, ShopActor, UserActor } from '#kernel/actor.ts'
import type { JsonObject } from '#kernel/json.ts'

/** What the hub needs of a socket; `ws` has it. */
export type Socket = {
  send(text: string): void
  close(code: number, reason: string): void
  terminate(): void
  ping(): void
  readonly bufferedAmount: number
}

export type ClientType = 'user' | 'shop' | 'admin'

export type Member = {
  socket: Socket
  client_type: ClientType
  actor: UserActor | ShopActor
  rooms: Set<string>
  alive: boolean
  bad_frames: number
  /** Times of the latest frames, for the limit of contract 3.2. */
  frames: number[]
}

/** What travels between processes: an event and who hears of it. */
export type SocketMessage = {
  id: string
  event: string
  timestamp: string
  deliveries: { to: string; data: JsonObject }[]
}

export const CLOSE = { policy: 1008, failure: 1011, overload: 1013 } as const

const SOCKETS_PER_ACCOUNT_MAX = 10
const QUEUED_BYTES_MAX = 1_048_576
const ROOMS_MAX = 50

/** The sockets of this process. Events of other processes arrive through the shared state's bus. */
export class SocketHub {
  readonly #members = new Set<Member>()

  /** False when the account already has as many sockets as it may. */
  add(member: Member): boolean {
    const own = [...this.#members].filter((other) => other.actor.account_id === member.actor.account_id)
    if (own.length >= SOCKETS_PER_ACCOUNT_MAX) return false
    this.#members.add(member)
    return true
  }

  remove(member: Member): void {
    this.#members.delete(member)
  }

  join(member: Member, room: string): boolean {
    if (member.rooms.size >= ROOMS_MAX) return false
    member.rooms.add(room)
    return true
  }

  members(): Member[] {
    return [...this.#members]
  }

  /** Each member hears of an event once, in the widest shape that is meant for him. */
  deliver(message: SocketMessage): void {
    const { id, event, timestamp } = message
    for (const member of this.#members) {
      const delivery = message.deliveries.find(({ to }) => isFor(member, to))
      if (!delivery) continue
      this.send(member, { id, v: 1, event, timestamp, data: delivery.data })
      if (event === 'session.revoked') member.socket.close(CLOSE.policy, 'session_revoked')
    }
  }

  /** A reader too slow to follow is let go (contract 3.2): every fact can be read again through REST. */
  send(member: Member, frame: JsonObject): void {
    if (member.socket.bufferedAmount > QUEUED_BYTES_MAX) member.socket.close(CLOSE.overload, 'slow_reader')
    else member.socket.send(JSON.stringify(frame))
  }

  /** Pings everybody; who has not answered the ping before is gone. Called every 30 s. */
  heartbeat(): void {
    for (const member of this.#members) {
      if (!member.alive) {
        member.socket.terminate()
        this.#members.delete(member)
        continue
      }
      member.alive = false
      member.socket.ping()
    }
  }

  closeAll(): void {
    for (const member of this.#members) member.socket.close(1001, 'server_stops')
    this.#members.clear()
  }

  counts(): { total: number; by_type: Record<ClientType, number>; rooms: number } {
    const by_type = { user: 0, shop: 0, admin: 0 }
    const rooms = new Set<string>()
    for (const member of this.#members) {
      by_type[member.client_type] += 1
      for (const room of member.rooms) rooms.add(room)
    }
    return { total: this.#members.size, by_type, rooms: rooms.size }
  }
}

function isFor(member: Member, to: string): boolean {
  const { actor, client_type } = member
  if (to === 'admins') return client_type === 'admin'
  if (to === 'users') return client_type === 'user'
  if (to === 'shops') return client_type === 'shop'
  if (to.startsWith('room:')) return member.rooms.has(to.slice('room:'.length))
  if (to.startsWith('session:')) return to === `session:${actor.session_id}`
  return actor.kind === 'user' ? to === `user:${actor.user_id}` : to === `shop:${actor.shop_id}`
}

/** Whether this actor may open a socket of this kind; the stored role decides (A14). */
export function mayOpen(actor: Actor, client_type: ClientType): actor is UserActor | ShopActor {
  if (actor.kind === 'guest') return false
  if (client_type === 'shop') return actor.kind === 'shop'
  if (actor.kind !== 'user') return false
  return client_type === 'user' || actor.role === 'admin'
}
