import type { FastifyReply } from 'fastify'
import type { Actor } from '#kernel/actor.ts'

/** A card that leaves the catalogue is gone at once for whoever reloads; shared caches may lag by seconds. */
const PUBLIC_LIST = 'public, max-age=0, s-maxage=10'
const PUBLIC_CATEGORIES = 'public, max-age=60'

/** Answers to a signed-in caller may hold what only that caller may see (contract 7.4). */
export function cacheLists(reply: FastifyReply, actor: Actor): void {
  setCaching(reply, actor.kind === 'guest' ? PUBLIC_LIST : null)
}

export function cachePages(reply: FastifyReply, actor: Actor, is_private: boolean): void {
  setCaching(reply, actor.kind === 'guest' && !is_private ? PUBLIC_LIST : null)
}

export function cacheCategories(reply: FastifyReply, actor: Actor): void {
  setCaching(reply, actor.kind === 'guest' ? PUBLIC_CATEGORIES : null)
}

/** `Origin`: a shared cache must not hand one site's permission to another. */
function setCaching(reply: FastifyReply, policy: string | null): void {
  reply.header('cache-control', policy ?? 'no-store').header('vary', 'Origin, Authorization, Accept-Language')
}
