import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { SigningKeys } from '../tokens/signing-keys.ts'

const Jwk = Type.Object({
  kty: Type.String(),
  use: Type.String(),
  alg: Type.String(),
  kid: Type.String(),
  crv: Type.String(),
  x: Type.String(),
  y: Type.String(),
})

/** Public keys of the platform's tokens, for whoever verifies them elsewhere (RFC 7517). At the root, not under `/api/v1`. */
export function jwksRoutes(deps: { keys: SigningKeys }): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/.well-known/jwks.json',
      {
        config: { access: 'guest', limit: 'read' },
        schema: {
          tags: ['system'],
          summary: 'Public signing keys',
          response: { 200: Type.Object({ keys: Type.Array(Jwk) }) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'public, max-age=300')
        return { keys: deps.keys.public_jwks }
      },
    )
  }
}
