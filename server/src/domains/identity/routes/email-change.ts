import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, callOf, localeOf, signedInOf } from '#infra/http.ts'
import { Message } from '#infra/schemas.ts'
import type { IdentityDeps } from '../deps.ts'
import { confirmEmailChange, requestEmailChange } from '../email/change-email.ts'
import { CodeSchema, EmailSchema, Strict, TokenSchema } from '../schemas.ts'
import { text } from './reply-texts.ts'

/** Another address for the account, confirmed from there. */
export function emailChangeRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/email/change',
      {
        config: { access: 'signed_in', limit: 'auth' },
        schema: {
          tags: ['auth'],
          summary: 'Mail a code and a link to a new address',
          body: Type.Object({ email: EmailSchema }, Strict),
          response: { 202: Message },
        },
      },
      async (request, reply) => {
        await requestEmailChange(deps, signedInOf(request), { ...request.body, call: callOf(request) })
        return reply.code(202).send({ message: text('email_change_sent', localeOf(request)) })
      },
    )
    http.post(
      '/auth/email/change/confirm',
      {
        config: { access: 'guest', limit: 'auth', acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'Take the new address in use by link or code',
          body: Type.Object({ token: Type.Optional(TokenSchema), code: Type.Optional(CodeSchema) }, Strict),
          response: { 200: Message },
        },
      },
      async (request) => {
        await confirmEmailChange(deps, actorOf(request), { ...request.body, call: callOf(request) })
        return { message: text('email_changed', localeOf(request)) }
      },
    )
  }
}
