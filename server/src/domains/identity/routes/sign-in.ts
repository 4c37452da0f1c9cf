import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf } from '#infra/http.ts'
import { Message, nullable } from '#infra/schemas.ts'
import { Problem } from '#kernel/problem.ts'
import { logIn } from '../accounts/log-in.ts'
import { registerAccount } from '../accounts/register-account.ts'
import type { IdentityDeps } from '../deps.ts'
import {
  AccountTypeSchema,
  EmailSchema,
  PasswordSchema,
  PlatformSchema,
  RefreshResponse,
  RegisterResponse,
  SignInResponse,
  Strict,
  signedInAs,
  TokenSchema,
} from '../schemas.ts'
import { endSession } from '../sessions/end-session.ts'
import { refreshSession } from '../sessions/refresh-session.ts'
import { clearCookies, handOver, handOverNothing, refreshTokenOf } from './cookie-session.ts'
import { text } from './reply-texts.ts'
import { answerSignIn } from './session-answers.ts'

const Registration = Type.Object(
  {
    email: EmailSchema,
    password: PasswordSchema,
    name: Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' }),
    account_type: AccountTypeSchema,
    platform: PlatformSchema,
    consents: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_-]{0,99}$' }), {
      maxItems: 20,
      default: [],
      description: 'Documents accepted',
    }),
  },
  Strict,
)
const LogInBody = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 255 }),
    password: PasswordSchema,
    account_type: AccountTypeSchema,
    platform: PlatformSchema,
  },
  Strict,
)
/** Without the token for clients whose browser keeps it in a cookie. */
const RefreshBody = nullable(Type.Object({ refresh_token: Type.Optional(TokenSchema) }, Strict))

const isRefusal = (error: unknown) => error instanceof Problem && error.status === 401

/** Whoever comes here is not known yet: he brings the proof. */
const ENTRY = {
  access: 'guest',
  limit: 'auth',
  ignores_token: true,
  changes_session: true,
  acts_as: 'system',
} as const

/** Sign-up, sign-in by e-mail and password, refresh, log-out. */
export function signInRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const { media_origin } = deps.config
  return async (http) => {
    http.post(
      '/auth/register',
      {
        config: ENTRY,
        schema: {
          tags: ['auth'],
          summary: 'Sign up',
          body: Registration,
          response: { 201: RegisterResponse },
        },
      },
      async (request, reply) => {
        const input = {
          ...request.body,
          name: request.body.name.trim(),
          locale: localeOf(request),
          call: callOf(request),
        }
        const registered = await registerAccount(deps, input)
        const { tokens } = registered
        const handed = tokens ? handOver(deps, { request, reply }, tokens) : handOverNothing(request)
        reply.code(201).header('cache-control', 'no-store')
        return { ...handed, ...signedInAs(registered, media_origin) }
      },
    )
    http.post(
      '/auth/login',
      {
        config: ENTRY,
        schema: {
          tags: ['auth'],
          summary: 'Sign in by e-mail and password',
          body: LogInBody,
          response: { 200: SignInResponse },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        const outcome = await logIn(deps, { ...request.body, call: callOf(request) })
        return answerSignIn(deps, { request, reply }, outcome)
      },
    )
    http.post(
      '/auth/refresh',
      {
        config: { ...ENTRY, limit: 'refresh' },
        schema: {
          tags: ['auth'],
          summary: 'New tokens for a refresh token',
          body: RefreshBody,
          response: { 200: RefreshResponse },
        },
      },
      async (request, reply) => {
        const refresh_token = refreshTokenOf(deps, request, request.body)
        const tokens = await refreshSession(deps, { refresh_token, call: callOf(request) }).catch((error) => {
          // The cookies of a session that is over would only go on arriving.
          if (isRefusal(error) && request.body?.refresh_token === undefined)
            clearCookies(deps, { request, reply })
          throw error
        })
        reply.header('cache-control', 'no-store')
        return { ...handOver(deps, { request, reply }, tokens), token_type: 'bearer' as const }
      },
    )
    http.post(
      '/auth/logout',
      {
        config: { ...ENTRY, limit: 'refresh' },
        schema: { tags: ['auth'], summary: 'End the session', body: RefreshBody, response: { 200: Message } },
      },
      async (request, reply) => {
        const refresh_token = refreshTokenOf(deps, request, request.body)
        // The browser forgets them also when the session was over already.
        clearCookies(deps, { request, reply })
        await endSession(deps, { refresh_token, call: callOf(request) })
        return { message: text('logged_out', localeOf(request)) }
      },
    )
  }
}
