import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, callOf, localeOf, signedInOf } from '#infra/http.ts'
import { IdParams, Message, nullable } from '#infra/schemas.ts'
import { timeToWire } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { addPasskey } from '../passkeys/add-passkey.ts'
import { beginPasskeyProof } from '../passkeys/begin-proof.ts'
import { beginPasskeyRegistration } from '../passkeys/begin-registration.ts'
import { listMyPasskeys, removePasskey, renamePasskey } from '../passkeys/manage-passkeys.ts'
import type { PasskeyItem } from '../passkeys/queries.ts'
import { AuthResponse, Strict, TokenSchema } from '../schemas.ts'
import { verifyPasskey } from '../two-factor/verify-two-factor.ts'
import {
  CreationOptions,
  PasskeyName,
  PasskeyProof,
  PasskeyRegistration,
  PasskeyResponse,
  RequestOptions,
} from './passkey-schemas.ts'
import { text } from './reply-texts.ts'
import { answerSignedIn } from './session-answers.ts'
import { PRE_AUTH } from './two-factor.ts'

const PreAuthBody = nullable(Type.Object({ pre_auth_token: PRE_AUTH }, Strict))

/** Passkeys as a second factor, equal to the authenticator app. */
export function passkeyRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(registrationRoutes(deps))
    await http.register(proofRoutes(deps))
    await http.register(ownRoutes(deps))
  }
}

function registrationRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/2fa/passkeys/registration-options',
      {
        config: { access: 'guest', limit: 'standard', acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'What the browser makes a passkey from',
          body: PreAuthBody,
          response: { 200: CreationOptions },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return beginPasskeyRegistration(deps, actorOf(request), request.body ?? {})
      },
    )
    http.post(
      '/auth/2fa/passkeys',
      {
        config: { access: 'guest', limit: 'auth', changes_session: true, acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'Add a passkey; the first factor switches the second step on',
          body: Type.Object(
            { credential: PasskeyRegistration, name: PasskeyName, pre_auth_token: PRE_AUTH },
            Strict,
          ),
          response: {
            201: Type.Object({
              passkey: PasskeyResponse,
              recovery_codes: Type.Array(Type.String(), {
                description: 'With the first factor only, and never again',
              }),
              auth: nullable(AuthResponse),
            }),
          },
        },
      },
      async (request, reply) => {
        const added = await addPasskey(deps, actorOf(request), {
          ...request.body,
          name: request.body.name.trim(),
          call: callOf(request),
        })
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .send({
            passkey: toWire(added.passkey),
            recovery_codes: added.recovery_codes,
            auth: added.signed_in && answerSignedIn(deps, { request, reply }, added.signed_in),
          })
      },
    )
  }
}

function proofRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/auth/2fa/passkeys/authentication-options',
      {
        config: { access: 'guest', limit: 'standard', acts_as: 'system' },
        schema: {
          tags: ['auth'],
          summary: 'What the browser uses a passkey with',
          body: PreAuthBody,
          response: { 200: RequestOptions },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return beginPasskeyProof(deps, actorOf(request), request.body ?? {})
      },
    )
    http.post(
      '/auth/2fa/passkeys/verify',
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
          summary: 'Second step of signing in by a passkey',
          body: Type.Object({ pre_auth_token: TokenSchema, credential: PasskeyProof }, Strict),
          response: { 200: AuthResponse },
        },
      },
      async (request, reply) => {
        const signed_in = await verifyPasskey(deps, { ...request.body, call: callOf(request) })
        reply.header('cache-control', 'no-store')
        return answerSignedIn(deps, { request, reply }, signed_in)
      },
    )
  }
}

function ownRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/auth/2fa/passkeys',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: { tags: ['auth'], summary: 'Own passkeys', response: { 200: Type.Array(PasskeyResponse) } },
      },
      async (request) => (await listMyPasskeys(deps, signedInOf(request))).map(toWire),
    )
    http.patch(
      '/auth/2fa/passkeys/:passkey_id',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'Rename a passkey',
          params: IdParams('passkey_id'),
          body: Type.Object({ name: PasskeyName }, Strict),
          response: { 200: PasskeyResponse },
        },
      },
      async (request) => {
        const change = {
          id: request.params.passkey_id,
          name: request.body.name.trim(),
          call: callOf(request),
        }
        return toWire(await renamePasskey(deps, signedInOf(request), change))
      },
    )
    http.delete(
      '/auth/2fa/passkeys/:passkey_id',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'Remove a passkey; the last factor takes the second step with it',
          params: IdParams('passkey_id'),
          response: { 200: Message },
        },
      },
      async (request) => {
        await removePasskey(deps, signedInOf(request), {
          id: request.params.passkey_id,
          call: callOf(request),
        })
        return { message: text('passkey_removed', localeOf(request)) }
      },
    )
  }
}

function toWire(passkey: PasskeyItem) {
  const { id, name, is_backed_up, created_at, last_used_at } = passkey
  return {
    id,
    name,
    is_backed_up,
    created_at: timeToWire(created_at),
    last_used_at: last_used_at && timeToWire(last_used_at),
  }
}
