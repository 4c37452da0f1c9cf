import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdentityDeps } from '../deps.ts'
import { OAUTH_STATE_MS } from '../model.ts'
import { readCookie, setCookie } from './cookies.ts'

type Deps = Pick<IdentityDeps, 'config'>

/** Binds the way to a provider and back to the browser that began it (A4). */
export function keepBrowserSecret(deps: Deps, reply: FastifyReply, value: string): void {
  setCookie(reply, { name: cookieName(deps), value }, { is_secure: isHttps(deps), life_ms: OAUTH_STATE_MS })
}

export function readBrowserSecret(deps: Deps, request: FastifyRequest): string | undefined {
  return readCookie(request, cookieName(deps))
}

/** `__Host-` needs https. */
function cookieName(deps: Deps): string {
  return isHttps(deps) ? '__Host-leema-oauth' : 'leema-oauth'
}

function isHttps(deps: Deps): boolean {
  return deps.config.public_origin.startsWith('https:')
}
