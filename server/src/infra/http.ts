import type { FastifyRequest } from 'fastify'
import type { Actor, CallContext, Platform, ShopActor, UserActor } from '#kernel/actor.ts'
import { type Locale, localeFrom } from '#kernel/locale.ts'
import { Problem } from '#kernel/problem.ts'

/** Who may call a route. Checked before the handler; ownership is the use case's business. */
export type Access = 'guest' | 'signed_in' | 'user' | 'shop' | 'admin'

/** Request limits by kind of endpoint (contract 7.1). `none` is for probes only. */
export type LimitClass =
  | 'auth'
  | 'refresh'
  | 'generation'
  | 'read'
  | 'money'
  | 'upload'
  | 'inquiry'
  | 'webhook'
  | 'standard'
  | 'none'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required on every route: a route without it does not register. */
    access?: Access
    /** Required on every route. */
    limit?: LimitClass
    /** The account's e-mail must be verified (contract 7.2). */
    verified_email?: boolean
    /**
     * Signing in, renewing and ending a session: an access token that came along is not looked at. Else a client that
     * sends its token with every request could not get a new one once the old has died.
     */
    ignores_token?: boolean
    /**
     * The route runs behind no second wall (ADR 0016), whoever calls: it finds out who somebody is, or what allows it is
     * a secret or a signature that comes along.
     */
    acts_as?: 'system'
    /** A GET that is more than reading (by the contract): cookies alone do not ask for it. */
    starts_work?: boolean
    /** Opens, renews or ends a session: in cookies, when the client asks for them. For the document. */
    changes_session?: boolean
    /** Name of the file's field in a form that the route reads by itself; for the document. Several, when it ends in `s`. */
    file_field?: string
  }
  interface FastifyRequest {
    actor: Actor
    /** When the actor was looked up, by the clock of `performance.now()`. */
    identified_at_ms: number
  }
}

export function actorOf(request: FastifyRequest): Actor {
  return request.actor
}

/** For routes with access `user` or `admin`; the guard has already refused everybody else. */
export function userOf(request: FastifyRequest): UserActor {
  if (request.actor.kind !== 'user')
    throw request.actor.kind === 'guest' ? notAuthenticated() : wrongAccountType()
  return request.actor
}

/** For routes with access `shop`. */
export function shopOf(request: FastifyRequest): ShopActor {
  if (request.actor.kind !== 'shop')
    throw request.actor.kind === 'guest' ? notAuthenticated() : wrongAccountType()
  return request.actor
}

/** For routes with access `signed_in`. */
export function signedInOf(request: FastifyRequest): UserActor | ShopActor {
  if (request.actor.kind === 'guest') throw notAuthenticated()
  return request.actor
}

/** @throws not_authenticated (401), wrong_account_type (403), admin_only (403), email_unverified (403) */
export function assertAccess(actor: Actor, access: Access, verified_email: boolean): void {
  if (access === 'guest') return
  if (actor.kind === 'guest') throw notAuthenticated()
  if ((access === 'user' || access === 'admin') && actor.kind !== 'user') throw wrongAccountType()
  if (access === 'shop' && actor.kind !== 'shop') throw wrongAccountType()
  if (access === 'admin' && (actor.kind !== 'user' || actor.role !== 'admin')) throw adminOnly()
  if (verified_email && !actor.email_verified) throw emailUnverified()
}

export function callOf(request: FastifyRequest): CallContext {
  return {
    request_id: request.id,
    ip: request.ip ?? null,
    user_agent: header(request, 'user-agent')?.slice(0, 500) ?? null,
  }
}

export function localeOf(request: FastifyRequest): Locale {
  return localeFrom(header(request, 'accept-language'))
}

/** A display hint only: it chooses return links and never grants anything (A17). */
export function platformOf(request: FastifyRequest): Platform {
  return header(request, 'x-client-platform') === 'mobile' ? 'mobile' : 'web'
}

export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

export function notAuthenticated(): Problem {
  return new Problem({
    status: 401,
    code: 'not_authenticated',
    title: 'Sign-in needed',
    detail: {
      ru: 'Войдите, чтобы продолжить',
      kk: 'Жалғастыру үшін кіріңіз',
      en: 'Please sign in to continue',
    },
  })
}

function wrongAccountType(): Problem {
  return new Problem({
    status: 403,
    code: 'wrong_account_type',
    title: 'Not for this kind of account',
    detail: {
      ru: 'Это действие недоступно для вашего типа аккаунта',
      kk: 'Бұл әрекет сіздің аккаунт түріңізге қолжетімді емес',
      en: 'This action is not available for your kind of account',
    },
  })
}

function adminOnly(): Problem {
  return new Problem({
    status: 403,
    code: 'admin_only',
    title: 'Admins only',
    detail: {
      ru: 'Доступно только администратору',
      kk: 'Тек әкімшіге қолжетімді',
      en: 'For administrators only',
    },
  })
}

function emailUnverified(): Problem {
  return new Problem({
    status: 403,
    code: 'email_unverified',
    title: 'E-mail not confirmed',
    detail: {
      ru: 'Сначала подтвердите адрес электронной почты',
      kk: 'Алдымен электрондық пошта мекенжайын растаңыз',
      en: 'Please confirm your e-mail address first',
    },
  })
}
