import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, userOf } from '#infra/http.ts'
import { nullable, Time } from '#infra/schemas.ts'
import { timeToWire } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { Strict, UserResponse, userToWire } from '../schemas.ts'
import { type Consent, listMyConsents, setConsent } from '../users/set-consent.ts'
import { getUser, updateMe } from '../users/update-me.ts'

const ConsentItem = Type.Object({
  document: Type.String(),
  version: Type.String(),
  accepted: Type.Boolean(),
  accepted_at: Time,
  withdrawn_at: nullable(Time),
})
const ConsentBody = Type.Object(
  {
    document: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,99}$' }),
    version: Type.String({ minLength: 1, maxLength: 50 }),
    accepted: Type.Boolean(),
  },
  Strict,
)
const UpdateBody = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' })),
    avatar_url: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 500 }))),
  },
  Strict,
)

/** The signed-in user's own profile and consents. */
export function userRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const { media_origin } = deps.config
  return async (http) => {
    http.get(
      '/users/me',
      {
        config: { access: 'user', limit: 'standard' },
        schema: { tags: ['users'], summary: 'Own profile', response: { 200: UserResponse } },
      },
      async (request) => userToWire(await getUser(deps.db, userOf(request)), media_origin),
    )
    http.put(
      '/users/me',
      {
        config: { access: 'user', limit: 'standard' },
        schema: {
          tags: ['users'],
          summary: 'Change the own profile',
          body: UpdateBody,
          response: { 200: UserResponse },
        },
      },
      async (request) => {
        const { name, avatar_url } = request.body
        const change = {
          ...(name === undefined ? {} : { name: name.trim() }),
          ...(avatar_url === undefined ? {} : { avatar_url }),
        }
        return userToWire(await updateMe(deps, userOf(request), change), media_origin)
      },
    )
    http.get(
      '/users/me/consents',
      {
        config: { access: 'user', limit: 'standard' },
        schema: { tags: ['users'], summary: 'Own consents', response: { 200: Type.Array(ConsentItem) } },
      },
      async (request) => (await listMyConsents(deps, userOf(request))).map(consentToWire),
    )
    http.put(
      '/users/me/consents',
      {
        config: { access: 'user', limit: 'standard' },
        schema: {
          tags: ['users'],
          summary: 'Accept a document or withdraw',
          body: ConsentBody,
          response: { 200: Type.Array(ConsentItem) },
        },
      },
      async (request) =>
        (await setConsent(deps, userOf(request), { ...request.body, call: callOf(request) })).map(
          consentToWire,
        ),
    )
  }
}

function consentToWire(consent: Consent) {
  return {
    document: consent.document,
    version: consent.version,
    accepted: consent.withdrawn_at === null,
    accepted_at: timeToWire(consent.accepted_at),
    withdrawn_at: consent.withdrawn_at && timeToWire(consent.withdrawn_at),
  }
}
