import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import websocket from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebSocket } from 'ws'
import { header } from '#infra/http.ts'
import type { Logger } from '#infra/log.ts'
import type { Actor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import type { Clock } from '#kernel/time.ts'
import { answerFrame, type RoomPolicy } from './socket-frames.ts'
import { CLOSE, type ClientType, type Member, mayOpen, type SocketHub } from './socket-hub.ts'

export type SocketDeps = {
  hub: SocketHub
  clock: Clock
  log: Logger
  allowed_origins: string[]
  /** The holder of a one-time ticket and what it was asked for, or null. */
  redeemTicket: (ticket: string) => Promise<{ actor: Actor; client_type: string } | null>
  /** False when the session has ended, the account is blocked or its role has changed. */
  isStillSignedIn: (member: Member) => Promise<boolean>
  mayJoin: RoomPolicy
}

const HEARTBEAT_MS = 30_000
/** Sockets are checked against the stored session this often; a revocation closes them at once by event. */
const REAUTHORISE_MS = 60_000

const Query = Type.Object({
  ticket: Type.Optional(Type.String({ maxLength: 4_096 })),
  client_type: Type.Optional(Type.String({ maxLength: 20 })),
  platform: Type.Optional(Type.String({ maxLength: 20 })),
})

/** Contract 3.1: the alias for older mobile builds is registered first, so that the pattern does not capture it. */
export function socketRoutes(deps: SocketDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(websocket, { options: { maxPayload: 64 * 1_024 } })
    const timers = [
      setInterval(() => deps.hub.heartbeat(), HEARTBEAT_MS),
      setInterval(() => void reauthoriseAll(deps), REAUTHORISE_MS),
    ]
    http.addHook('preClose', async () => {
      for (const timer of timers) clearInterval(timer)
      deps.hub.closeAll()
    })
    const config = { access: 'guest', limit: 'standard' } as const
    const schema = { hide: true, querystring: Query }
    // A plain request, without the upgrade to a socket.
    const handler = async () => {
      throw notFound()
    }
    http.route({
      method: 'GET',
      url: '/ws/products',
      schema,
      config,
      handler,
      wsHandler: (socket, request) =>
        open(deps, socket, request, request.query.client_type ?? 'shop', request.query.ticket),
    })
    http.route({
      method: 'GET',
      url: '/ws/:client_type',
      schema: { ...schema, params: Type.Object({ client_type: Type.String({ maxLength: 20 }) }) },
      config,
      handler,
      wsHandler: (socket, request) =>
        open(deps, socket, request, request.params.client_type, request.query.ticket),
    })
    http.route({
      method: 'GET',
      url: '/ws',
      schema,
      config,
      handler,
      wsHandler: (socket, request) =>
        open(deps, socket, request, request.query.client_type ?? 'user', request.query.ticket),
    })
  }
}

function open(
  deps: SocketDeps,
  socket: WebSocket,
  request: FastifyRequest,
  kind: string,
  ticket: string | undefined,
): void {
  socket.on('error', () => socket.terminate())
  const early: string[] = []
  const keepEarly = (data: Buffer) => {
    if (early.length < 20) early.push(data.toString())
  }
  socket.on('message', keepEarly)
  admit(deps, socket, request, kind, ticket).then(
    (member) => {
      socket.off('message', keepEarly)
      if (!member) return
      const answer = (text: string) =>
        void answerFrame(deps.hub, member, text, deps.mayJoin, deps.clock.now().getTime()).catch(
          (err: unknown) => {
            deps.log.error({ event: 'sockets.frame_failed', err }, 'socket frame failed')
            socket.close(CLOSE.failure, 'failure')
          },
        )
      socket.on('message', (data: Buffer) => answer(data.toString()))
      for (const text of early) answer(text)
    },
    (err: unknown) => {
      deps.log.error({ event: 'sockets.open_failed', err }, 'socket could not be opened')
      socket.close(CLOSE.failure, 'failure')
    },
  )
}

async function admit(
  deps: SocketDeps,
  socket: WebSocket,
  request: FastifyRequest,
  kind: string,
  ticket: string | undefined,
): Promise<Member | null> {
  const refuse = (code: number, reason: string) => {
    socket.close(code, reason)
    return null
  }
  const origin = header(request, 'origin')
  if (origin !== undefined && !deps.allowed_origins.includes(origin)) return refuse(CLOSE.policy, 'origin')
  const client_type = (['user', 'shop', 'admin'] as const).find((known) => known === kind)
  if (!client_type) return refuse(CLOSE.policy, 'client_type')
  const redeemed = ticket ? await deps.redeemTicket(ticket) : null
  const actor = redeemed?.client_type === client_type ? redeemed.actor : null
  if (!actor || !mayOpen(actor, client_type)) return refuse(CLOSE.policy, 'not_authenticated')
  const member: Member = {
    socket,
    client_type,
    actor,
    rooms: new Set(),
    alive: true,
    bad_frames: 0,
    frames: [],
  }
  // The client may have gone while its ticket was looked up; its close would never be heard.
  if (socket.readyState !== socket.OPEN) return null
  if (!deps.hub.add(member)) return refuse(CLOSE.overload, 'too_many_sockets')
  socket.on('pong', () => {
    member.alive = true
  })
  socket.on('close', () => deps.hub.remove(member))
  deps.hub.send(member, greeting(client_type, member, deps.clock))
  return member
}

function greeting(client_type: ClientType, { actor }: Member, clock: Clock) {
  const client_id = actor.kind === 'user' ? actor.user_id : actor.shop_id
  return { event: 'connected', client_type, client_id, timestamp: clock.now().toISOString() }
}

async function reauthoriseAll(deps: SocketDeps): Promise<void> {
  for (const member of deps.hub.members()) {
    const valid = await deps.isStillSignedIn(member).catch(() => true)
    if (!valid) member.socket.close(CLOSE.policy, 'session_revoked')
  }
}
