import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf } from '#infra/http.ts'
import { beginAppleSignIn } from '../apple/begin-apple-sign-in.ts'
import { endAppleRedirect } from '../apple/end-apple-redirect.ts'
import { logInWithApple } from '../apple/log-in-with-apple.ts'
import type { IdentityDeps } from '../deps.ts'
import { AccountTypeSchema, SignInResponse, Strict } from '../schemas.ts'
import { keepBrowserSecret, readBrowserSecret } from './browser-secret.ts'
import { answerSignIn } from './session-answers.ts'

const UrlQuery = Type.Object({
  account_type: Type.Union([Type.Literal('user'), Type.Literal('shop')], { default: 'user' }),
  state: Type.Optional(
    Type.String({ maxLength: 200, description: 'Not used: the state is random and ours' }),
  ),
})
const field = (max: number) => Type.Optional(Type.String({ maxLength: max }))
const CallbackForm = Type.Object(
  { code: field(2_000), state: field(200), id_token: field(8_000), user: field(2_000), error: field(100) },
  { additionalProperties: true },
)
const LogInBody = Type.Object(
  {
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
    id_token: Type.Optional(Type.String({ minLength: 1, maxLength: 8_000 })),
    state: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    nonce: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'With id_token: the nonce that the app gave to Apple, plain or as SHA-256 in hex',
      }),
    ),
    user_data: Type.Optional(
      Type.Union([Type.Object({}, { additionalProperties: true }), Type.String({ maxLength: 2_000 })], {
        description: 'Name as Apple gives it on the very first sign-in, as an object or JSON text',
      }),
    ),
    account_type: AccountTypeSchema,
    platform: Type.Union([Type.Literal('web'), Type.Literal('mobile')], { default: 'mobile' }),
  },
  Strict,
)

/** Sign-in with Apple: browser flow and ID tokens of phones. */
export function appleRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(wayRoutes(deps))
    await http.register(entryRoutes(deps))
  }
}

/** To the provider and back. No credential is tried here, so these steps do not use up the few tries of signing in. */
function wayRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/auth/apple/url',
      {
        config: { access: 'guest', limit: 'standard', ignores_token: true },
        schema: {
          tags: ['auth'],
          summary: 'Where to send the person',
          querystring: UrlQuery,
          response: {
            200: Type.Object({ authorization_url: Type.String(), account_type: AccountTypeSchema }),
          },
        },
      },
      async (request, reply) => {
        const { account_type } = request.query
        const begun = await beginAppleSignIn(deps, { account_type, locale: localeOf(request) })
        keepBrowserSecret(deps, reply, begun.browser_secret)
        reply.header('cache-control', 'no-store')
        return { authorization_url: begun.authorization_url, account_type }
      },
    )
    http.post(
      '/auth/apple/callback',
      {
        config: { access: 'guest', limit: 'standard', ignores_token: true, acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: "Where Apple's page posts its form to",
          consumes: ['application/x-www-form-urlencoded'],
          body: CallbackForm,
          response: { 302: Type.Null() },
        },
      },
      async (request, reply) => {
        const location = await endAppleRedirect(deps, request.body)
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

function entryRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/apple/login',
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
          summary: 'Sign in with Apple',
          body: LogInBody,
          response: { 200: SignInResponse },
        },
      },
      async (request, reply) => {
        const outcome = await logInWithApple(deps, {
          ...request.body,
          browser_secret: readBrowserSecret(deps, request),
          locale: localeOf(request),
          call: callOf(request),
        })
        reply.header('cache-control', 'no-store')
        return answerSignIn(deps, { request, reply }, outcome)
      },
    )
  }
}
