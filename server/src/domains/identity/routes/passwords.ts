import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, callOf, localeOf, signedInOf } from '#infra/http.ts'
import { Message } from '#infra/schemas.ts'
import type { IdentityDeps } from '../deps.ts'
import { requestVerification } from '../email/request-verification.ts'
import { verifyEmail } from '../email/verify-email.ts'
import { changePassword } from '../password/change-password.ts'
import { requestPasswordReset } from '../password/request-password-reset.ts'
import { resetPassword } from '../password/reset-password.ts'
import {
  AccountTypeSchema,
  CodeSchema,
  EmailSchema,
  PasswordSchema,
  Strict,
  TokenSchema,
} from '../schemas.ts'
import { text } from './reply-texts.ts'

/** Confirming the address; forgotten and changed passwords. */
export function passwordRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/email/verification',
      {
        config: { access: 'signed_in', limit: 'auth' },
        schema: { tags: ['auth'], summary: 'Send a new code and link', response: { 202: Message } },
      },
      async (request, reply) => {
        await requestVerification(deps, signedInOf(request))
        return reply.code(202).send({ message: text('verification_sent', localeOf(request)) })
      },
    )
    http.post(
      '/auth/email/verify',
      {
        config: { access: 'guest', limit: 'auth', acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'Confirm an address by link or code',
          body: Type.Object({ token: Type.Optional(TokenSchema), code: Type.Optional(CodeSchema) }, Strict),
          response: { 200: Message },
        },
      },
      async (request) => {
        await verifyEmail(deps, actorOf(request), { ...request.body, call: callOf(request) })
        return { message: text('email_verified', localeOf(request)) }
      },
    )
    http.post(
      '/auth/password/forgot',
      {
        config: { access: 'guest', limit: 'auth', ignores_token: true, acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'Mail a link to change the password',
          // One account carries both profiles, so the type makes no difference; clients may send it.
          body: Type.Object({ email: EmailSchema, account_type: Type.Optional(AccountTypeSchema) }, Strict),
          response: { 202: Message },
        },
      },
      async (request, reply) => {
        await requestPasswordReset(deps, request.body)
        return reply.code(202).send({ message: text('reset_requested', localeOf(request)) })
      },
    )
    http.post(
      '/auth/password/reset',
      {
        config: { access: 'guest', limit: 'auth', ignores_token: true, acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'Set a new password by a mailed link',
          body: Type.Object({ token: TokenSchema, password: PasswordSchema }, Strict),
          response: { 200: Message },
        },
      },
      async (request) => {
        await resetPassword(deps, { ...request.body, call: callOf(request) })
        return { message: text('password_changed', localeOf(request)) }
      },
    )
    http.post(
      '/auth/password/change',
      {
        config: { access: 'signed_in', limit: 'auth' },
        schema: {
          tags: ['auth'],
          summary: 'Change the password',
          body: Type.Object({ current_password: PasswordSchema, password: PasswordSchema }, Strict),
          response: { 200: Message },
        },
      },
      async (request) => {
        await changePassword(deps, signedInOf(request), { ...request.body, call: callOf(request) })
        return { message: text('password_changed', localeOf(request)) }
      },
    )
  }
}
