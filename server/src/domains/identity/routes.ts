import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { IdentityDeps } from './deps.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { signInRoutes } from './routes/sign-in.ts'

/** Everything under `/api/v1` that has to do with accounts, sessions and profiles. */
export function identityRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(signInRoutes(deps))
    await http.register(sessionRoutes(deps))
    await http.register(passwordRoutes(deps))
  }
}

/** `/.well-known/jwks.json`: the public keys of the platform's tokens (RFC 7517). */
export function jwksRoutes(deps: Pick<IdentityDeps, 'keys'>): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get('/.well-known/jwks.json', { schema: { hide: true }, config: { access: 'guest', limit: 'read' } }, async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=300')
      return deps.keys.jwks
    })
  }
}
