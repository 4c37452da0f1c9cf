import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf } from '#infra/http.ts'
import type { IdentityDeps } from '../deps.ts'
import { SignInResponse, Strict } from '../schemas.ts'
import { logInWithTelegram } from '../telegram/log-in-with-telegram.ts'
import { answerSignIn } from './session-answers.ts'

/** Sign-in of a Telegram Mini App. */
export function telegramRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/telegram/login',
      {
        config: {
          access: 'guest',
          limit: 'auth',
          ignores_token: true,
          changes_session: true,
          acts_as: 'system',
        },
        schema: {
          tags: ['auth'],
          summary: 'Sign in from a Telegram Mini App, as a user',
          body: Type.Object(
            {
              init_data: Type.String({
                minLength: 1,
                maxLength: 8_000,
                description: 'Telegram.WebApp.initData as it is, at most an hour old',
              }),
              platform: Type.Union([Type.Literal('web'), Type.Literal('mobile')], { default: 'mobile' }),
            },
            Strict,
          ),
          response: { 200: SignInResponse },
        },
      },
      async (request, reply) => {
        const input = { ...request.body, locale: localeOf(request), call: callOf(request) }
        const outcome = await logInWithTelegram(deps, input)
        reply.header('cache-control', 'no-store')
        return answerSignIn(deps, { request, reply }, outcome)
      },
    )
  }
}
