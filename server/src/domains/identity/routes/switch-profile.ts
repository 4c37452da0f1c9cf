import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { callOf, signedInOf } from '#infra/http.ts'
import { switchProfile } from '../accounts/switch-profile.ts'
import type { IdentityDeps } from '../deps.ts'
import { AuthResponse } from '../schemas.ts'
import { replacesSession } from './cookie-session.ts'
import { answerSignedIn } from './session-answers.ts'

/** From one profile of the own account to the other, without a new sign-in. */
export function switchProfileRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const switched = await switchProfile(deps, signedInOf(request), {
      replaces_session: replacesSession(request),
      call: callOf(request),
    })
    reply.header('cache-control', 'no-store')
    return answerSignedIn(deps, { request, reply }, switched)
  }
  return async (http) => {
    http.post(
      '/auth/user/get-or-create-shop',
      {
        config: { access: 'user', limit: 'standard', verified_email: true, changes_session: true },
        schema: {
          tags: ['auth'],
          summary: 'Act as the own shop, made when there is none',
          response: { 200: AuthResponse },
        },
      },
      answer,
    )
    http.post(
      '/auth/shop/get-or-create-user',
      {
        config: { access: 'shop', limit: 'standard', changes_session: true },
        schema: {
          tags: ['auth'],
          summary: 'Act as the own user profile, made when there is none',
          response: { 200: AuthResponse },
        },
      },
      answer,
    )
  }
}
