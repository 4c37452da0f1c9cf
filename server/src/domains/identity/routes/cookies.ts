import type { FastifyReply, FastifyRequest } from 'fastify'
import { header } from '#infra/http.ts'
import { SECOND_MS } from '#kernel/time.ts'

export type CookieRules = {
  /** Over https only; a development server without it gets plain cookies. */
  is_secure: boolean
  life_ms: number
}

/** For all paths of this host, and for no script. Lax: it comes along when another site sends the browser here, not with a foreign site's forms. */
export function setCookie(
  reply: FastifyReply,
  { name, value }: { name: string; value: string },
  { is_secure, life_ms }: CookieRules,
): void {
  const secure = is_secure ? '; Secure' : ''
  const max_age = Math.floor(life_ms / SECOND_MS)
  reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${max_age}${secure}`)
}

export function readCookie(request: FastifyRequest, name: string): string | undefined {
  const prefix = `${name}=`
  const pair = header(request, 'cookie')
    ?.split(/;\s*/)
    .find((part) => part.startsWith(prefix))
  return pair?.slice(prefix.length)
}
