import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf } from '#infra/http.ts'
import type { IdentityDeps } from '../deps.ts'
import { beginGoogleSignIn } from '../google/begin-google-sign-in.ts'
import { endGoogleRedirect } from '../google/end-google-redirect.ts'
import { exchangeLoginCode } from '../google/exchange-login-code.ts'
import { logInWithGoogle } from '../google/log-in-with-google.ts'
import { AccountTypeSchema, PlatformSchema, SignInResponse, Strict, TokenSchema } from '../schemas.ts'
import { keepBrowserSecret, readBrowserSecret } from './browser-secret.ts'
import { answerSignIn } from './session-answers.ts'

const Challenge = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  description: 'S256 challenge of a phone app for /auth/exchange',
})
const UrlQuery = Type.Object({
  account_type: Type.Union([Type.Literal('user'), Type.Literal('shop')], { default: 'user' }),
  platform: Type.Union([Type.Literal('web'), Type.Literal('mobile')], { default: 'web' }),
  code_challenge: Type.Optional(Challenge),
})
const param = (max: number) => Type.Optional(Type.String({ maxLength: max }))
const CallbackQuery = Type.Object(
  { code: param(2_000), state: param(200), iss: param(500), error: param(100) },
  { additionalProperties: true },
)
const LogInBody = Type.Object(
  {
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
    id_token: Type.Optional(Type.String({ minLength: 1, maxLength: 8_000 })),
    state: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    account_type: AccountTypeSchema,
    platform: Type.Union([Type.Literal('web'), Type.Literal('mobile')], { default: 'mobile' }),
  },
  Strict,
)
const ExchangeBody = Type.Object(
  { login_code: TokenSchema, code_verifier: Type.Optional(Type.String({ minLength: 43, maxLength: 128 })) },
  Strict,
)

/** Sign-in with Google: browser flow, phone flow and ID tokens. */
export function googleRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(wayRoutes(deps))
    await http.register(entryRoutes(deps))
  }
}

/** To the provider and back. No credential is tried here, so these steps do not use up the few tries of signing in. */
function wayRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/auth/google/url',
      {
        config: { access: 'guest', limit: 'standard', ignores_token: true },
        schema: {
          tags: ['auth'],
          summary: 'Where to send the person',
          querystring: UrlQuery,
          response: {
            200: Type.Object({
              authorization_url: Type.String(),
              account_type: AccountTypeSchema,
              platform: PlatformSchema,
            }),
          },
        },
      },
      async (request, reply) => {
        const { account_type, platform, code_challenge = null } = request.query
        const begun = await beginGoogleSignIn(deps, {
          account_type,
          platform,
          app_challenge: code_challenge,
          locale: localeOf(request),
        })
        keepBrowserSecret(deps, reply, begun.browser_secret)
        reply.header('cache-control', 'no-store')
        return { authorization_url: begun.authorization_url, account_type, platform }
      },
    )
    http.get(
      '/auth/google/callback',
      {
        config: { access: 'guest', limit: 'standard', ignores_token: true, acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'Where Google sends the browser back to',
          querystring: CallbackQuery,
          response: { 302: Type.Null() },
        },
      },
      async (request, reply) => {
        const browser_secret = readBrowserSecret(deps, request)
        const location = await endGoogleRedirect(deps, {
          ...request.query,
          browser_secret,
          locale: localeOf(request),
          call: callOf(request),
        })
        return reply
          .code(302)
          .header('cache-control', 'no-store')
          .header('referrer-policy', 'no-referrer')
          .header('location', location)
          .send(null)
      },
    )
  }
}

/** What ends in a session. */
function entryRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/google/login',
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
          summary: 'Sign in with Google',
          body: LogInBody,
          response: { 200: SignInResponse },
        },
      },
      async (request, reply) => {
        const input = {
          ...request.body,
          browser_secret: readBrowserSecret(deps, request),
          locale: localeOf(request),
          call: callOf(request),
        }
        const outcome = await logInWithGoogle(deps, input)
        reply.header('cache-control', 'no-store')
        return answerSignIn(deps, { request, reply }, outcome)
      },
    )
    http.post(
      '/auth/exchange',
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
          summary: 'End the phone flow with its one-time code',
          body: ExchangeBody,
          response: { 200: SignInResponse },
        },
      },
      async (request, reply) => {
        const outcome = await exchangeLoginCode(deps, {
          ...request.body,
          locale: localeOf(request),
          call: callOf(request),
        })
        reply.header('cache-control', 'no-store')
        return answerSignIn(deps, { request, reply }, outcome)
      },
    )
  }
}
