import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf, signedInOf } from '#infra/http.ts'
import { Message, nullable, Time } from '#infra/schemas.ts'
import { timeToWire } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { asPlatform } from '../model.ts'
import { PlatformSchema, Strict } from '../schemas.ts'
import { endAllSessions, endOtherSessions, endOwnSession } from '../sessions/end-session.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import { issueWsTicket } from '../sockets/issue-ws-ticket.ts'
import { clearCookies, cookieSessionOf } from './cookie-session.ts'
import { text } from './reply-texts.ts'

const SessionItem = Type.Object({
  id: Type.String({ description: 'Random; for DELETE /auth/sessions/{id}' }),
  platform: PlatformSchema,
  user_agent: nullable(Type.String()),
  ip: nullable(Type.String()),
  created_at: Time,
  last_used_at: Time,
  current: Type.Boolean(),
})

/** Sessions of the caller, and the one-time ticket that opens a socket. */
export function sessionRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(listRoutes(deps))
    await http.register(credentialRoutes(deps))
  }
}

function listRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/auth/sessions',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'Own living sessions',
          response: { 200: Type.Array(SessionItem) },
        },
      },
      async (request) => {
        const sessions = await listSessions(deps, signedInOf(request))
        return sessions.map((session) => ({
          id: session.public_id,
          platform: asPlatform(session.platform),
          user_agent: session.user_agent,
          ip: session.ip,
          created_at: timeToWire(session.created_at),
          last_used_at: timeToWire(session.last_used_at),
          current: session.is_current,
        }))
      },
    )
    http.delete(
      '/auth/sessions/:id',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'End one session',
          params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
          response: { 200: Message },
        },
      },
      async (request) => {
        await endOwnSession(deps, signedInOf(request), {
          public_id: request.params.id,
          call: callOf(request),
        })
        return { message: text('session_ended', localeOf(request)) }
      },
    )
    http.delete(
      '/auth/sessions',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: { tags: ['auth'], summary: 'End all other sessions', response: { 200: Message } },
      },
      async (request) => {
        await endOtherSessions(deps, signedInOf(request), callOf(request))
        return { message: text('other_sessions_ended', localeOf(request)) }
      },
    )
    http.post(
      '/auth/logout-all',
      {
        config: { access: 'signed_in', limit: 'standard', changes_session: true },
        schema: { tags: ['auth'], summary: 'End all sessions', response: { 200: Message } },
      },
      async (request, reply) => {
        await endAllSessions(deps, signedInOf(request), callOf(request))
        clearCookies(deps, { request, reply })
        return { message: text('logged_out_everywhere', localeOf(request)) }
      },
    )
  }
}

/** What a living session needs beside its tokens. */
function credentialRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/auth/csrf',
      {
        // Every page that is loaded asks for it: not out of the small budget of changes.
        config: { access: 'signed_in', limit: 'read' },
        schema: {
          tags: ['auth'],
          summary: 'Token for X-CSRF-Token of a cookie session',
          response: {
            200: Type.Object({ csrf_token: nullable(Type.String()), session_id: nullable(Type.String()) }),
          },
        },
      },
      async (request) => cookieSessionOf(deps, request),
    )
    http.post(
      '/auth/ws-ticket',
      {
        config: { access: 'signed_in', limit: 'standard' },
        schema: {
          tags: ['auth'],
          summary: 'One-time credential of a socket',
          body: Type.Object(
            { client_type: Type.Union([Type.Literal('user'), Type.Literal('shop'), Type.Literal('admin')]) },
            Strict,
          ),
          response: {
            200: Type.Object({ ticket: Type.String(), expires_in: Type.Integer({ description: 'Seconds' }) }),
          },
        },
      },
      async (request) => issueWsTicket(deps, signedInOf(request), request.body.client_type),
    )
  }
}
