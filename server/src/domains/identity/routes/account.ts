import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { signedInOf } from '#infra/http.ts'
import { nullable } from '#infra/schemas.ts'
import { readAccount } from '../accounts/read-account.ts'
import type { IdentityDeps } from '../deps.ts'

const AccountResponse = Type.Object({
  email: nullable(Type.String({ description: 'Null when the provider told none' })),
  email_verified: Type.Boolean(),
  pending_email: nullable(Type.String({ description: 'Asked for, and not yet confirmed from there' })),
  has_password: Type.Boolean(),
  providers: Type.Array(
    Type.Union([Type.Literal('google'), Type.Literal('apple'), Type.Literal('telegram')]),
  ),
})

/** The account behind the profiles of a user and a shop. */
export function accountRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/auth/account',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'What the own account signs in with',
          response: { 200: AccountResponse },
        },
      },
      async (request) => readAccount(deps, signedInOf(request)),
    )
  }
}
