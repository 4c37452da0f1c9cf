import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, callOf, localeOf, signedInOf } from '#infra/http.ts'
import { Message, nullable } from '#infra/schemas.ts'
import type { IdentityDeps } from '../deps.ts'
import { AuthResponse, CodeSchema, PasswordSchema, Strict, TokenSchema } from '../schemas.ts'
import { confirmIdentity } from '../sessions/confirm-identity.ts'
import { disableTwoFactor } from '../two-factor/disable-two-factor.ts'
import { enableTwoFactor } from '../two-factor/enable-two-factor.ts'
import { readTwoFactor } from '../two-factor/read-two-factor.ts'
import { removeTotp } from '../two-factor/remove-totp.ts'
import { renewRecoveryCodes } from '../two-factor/renew-recovery-codes.ts'
import { setUpTwoFactor } from '../two-factor/set-up-two-factor.ts'
import { verifyTwoFactor } from '../two-factor/verify-two-factor.ts'
import { PasskeyProof } from './passkey-schemas.ts'
import { text } from './reply-texts.ts'
import { answerSignedIn } from './session-answers.ts'

export const PRE_AUTH = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 4096,
    description: 'Of a sign-in that demands enrolment; else the caller is signed in',
  }),
)
const RecoveryCode = Type.String({ minLength: 10, maxLength: 20 })

/** Second factor by TOTP with recovery codes, and step-up. */
export function twoFactorRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(enrolmentRoutes(deps))
    await http.register(proofRoutes(deps))
    await http.register(stateRoutes(deps))
  }
}

function enrolmentRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/2fa/setup',
      {
        config: { access: 'guest', limit: 'standard', acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'A secret for the authenticator app',
          body: nullable(Type.Object({ pre_auth_token: PRE_AUTH }, Strict)),
          response: { 200: Type.Object({ otpauth_url: Type.String(), secret: Type.String() }) },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return setUpTwoFactor(deps, actorOf(request), request.body ?? {})
      },
    )
    http.post(
      '/auth/2fa/enable',
      {
        config: { access: 'guest', limit: 'auth', changes_session: true, acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'Switch the second factor on with a first code',
          body: Type.Object({ code: CodeSchema, pre_auth_token: PRE_AUTH }, Strict),
          response: {
            200: Type.Object({ recovery_codes: Type.Array(Type.String()), auth: nullable(AuthResponse) }),
          },
        },
      },
      async (request, reply) => {
        const { recovery_codes, signed_in } = await enableTwoFactor(deps, actorOf(request), {
          ...request.body,
          call: callOf(request),
        })
        reply.header('cache-control', 'no-store')
        const auth = signed_in && answerSignedIn(deps, { request, reply }, signed_in)
        return { recovery_codes, auth }
      },
    )
  }
}

/** What the account has, and fresh recovery codes. */
function stateRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/auth/2fa',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'What the own account proves the second step with',
          response: {
            200: Type.Object({
              enabled: Type.Boolean(),
              is_compulsory: Type.Boolean({ description: 'An admin keeps one factor at least' }),
              totp: Type.Boolean(),
              passkeys: Type.Integer(),
              recovery_codes_left: Type.Integer(),
            }),
          },
        },
      },
      async (request) => readTwoFactor(deps, signedInOf(request)),
    )
    http.delete(
      '/auth/2fa/totp',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'Remove the authenticator app; the last factor takes the second step with it',
          response: { 200: Message },
        },
      },
      async (request) => {
        await removeTotp(deps, signedInOf(request), callOf(request))
        return { message: text('totp_removed', localeOf(request)) }
      },
    )
    http.post(
      '/auth/2fa/recovery-codes',
      {
        config: { access: 'signed_in', limit: 'auth' },
        schema: {
          tags: ['auth'],
          summary: 'Ten new recovery codes; the older ones stop working',
          response: { 200: Type.Object({ recovery_codes: Type.Array(Type.String()) }) },
        },
      },
      async (request, reply) => {
        const recovery_codes = await renewRecoveryCodes(deps, signedInOf(request), callOf(request))
        reply.header('cache-control', 'no-store')
        return { recovery_codes }
      },
    )
  }
}

function proofRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/2fa/verify',
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
          summary: 'Second step of signing in',
          body: Type.Object(
            {
              pre_auth_token: TokenSchema,
              code: Type.Optional(CodeSchema),
              recovery_code: Type.Optional(RecoveryCode),
            },
            Strict,
          ),
          response: { 200: AuthResponse },
        },
      },
      async (request, reply) => {
        const signed_in = await verifyTwoFactor(deps, { ...request.body, call: callOf(request) })
        reply.header('cache-control', 'no-store')
        return answerSignedIn(deps, { request, reply }, signed_in)
      },
    )
    http.post(
      '/auth/2fa/disable',
      {
        config: { access: 'signed_in', limit: 'auth' },
        schema: {
          tags: ['auth'],
          summary: 'Switch the second factor off',
          body: Type.Object({ code: CodeSchema }, Strict),
          response: { 200: Message },
        },
      },
      async (request) => {
        await disableTwoFactor(deps, signedInOf(request), { code: request.body.code, call: callOf(request) })
        return { message: text('two_factor_off', localeOf(request)) }
      },
    )
    http.post(
      '/auth/step-up',
      {
        config: { access: 'signed_in', limit: 'auth' },
        schema: {
          tags: ['auth'],
          summary: 'Prove again who you are, for sensitive changes',
          body: Type.Object(
            {
              password: Type.Optional(PasswordSchema),
              code: Type.Optional(CodeSchema),
              passkey: Type.Optional(PasskeyProof),
            },
            Strict,
          ),
          response: { 200: Message },
        },
      },
      async (request) => {
        await confirmIdentity(deps, signedInOf(request), { ...request.body, call: callOf(request) })
        return { message: text('confirmed', localeOf(request)) }
      },
    )
  }
}
