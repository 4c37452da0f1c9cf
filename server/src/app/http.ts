import { randomUUID } from 'node:crypto'
import { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { CookieSessions } from '#domains/identity/routes.ts'
import type { Db } from '#infra/db.ts'
import { assertAccess, header, type LimitClass } from '#infra/http.ts'
import { type Logger, withRequestId } from '#infra/log.ts'
import type { RateLimiter } from '#infra/rate-limit.ts'
import { actAs, asSystem, viewpointOf } from '#infra/wall.ts'
import type { Actor } from '#kernel/actor.ts'
import { Problem } from '#kernel/problem.ts'
import type { Clock } from '#kernel/time.ts'
import type { Config } from './config.ts'
import { assertAcceptedType, installBodyParsers } from './http/bodies.ts'
import { answerBrokenRequest } from './http/broken-requests.ts'
import { installIdempotency } from './http/idempotency.ts'
import { applyLimits, type LimitRule, requireRouteConfig } from './http/limits.ts'
import { installOpenApi } from './http/openapi.ts'
import { installProblemHandling, sendProblem, toProblem } from './http/problems.ts'
import { installSecurityHeaders } from './http/security-headers.ts'
import { validatorCompiler } from './http/validation.ts'
import { installWebFiles } from './http/web-files.ts'

const API_PREFIX = '/api/v1'
const JSON_BYTES_MAX = 1_048_576
/** A block, a log-out or a change of role acts within a second (readiness row Z-05); a slower body is asked again. */
const BODY_MS_MAX = 500

export type HttpDeps = {
  config: Config
  log: Logger
  db: Db
  clock: Clock
  limiter: RateLimiter
  limits: Record<LimitClass, LimitRule[]>
  /** The actor of an access token. @throws Problem 401 */
  authenticate: (token: string) => Promise<Actor>
  cookies: CookieSessions
  /** Plugins under `/api/v1`, and those at the root. */
  api_routes: FastifyPluginAsyncTypebox[]
  root_routes: FastifyPluginAsyncTypebox[]
  web_folder: URL
}

/** Puts the HTTP edge together. Order matters: headers, sign-in, limits, access, then validation and the handler. */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const { config } = deps
  const logger: FastifyBaseLogger = deps.log
  const http: FastifyInstance = fastify({
    loggerInstance: logger,
    // One line per request is written below; the request id is in every line by the log's own mixin.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent) => parent,
    genReqId: () => randomUUID(),
    clientErrorHandler: answerBrokenRequest,
    // An address that cannot be decoded reaches no route and no hook.
    frameworkErrors: (error, request, reply) => {
      request.actor = { kind: 'guest' }
      reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
      reply.raw.once('finish', () => endRequest(request, reply))
      return sendProblem(request, reply, toProblem(error))
    },
    trustProxy: config.trusted_proxies.length > 0 ? config.trusted_proxies : false,
    bodyLimit: JSON_BYTES_MAX,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  })
  http.setValidatorCompiler(validatorCompiler)
  // Set for every request by the first hook below; the declared type holds from there on.
  http.decorateRequest('actor', null as never)
  http.decorateRequest('identified_at_ms', 0)
  installProblemHandling(http)
  installRequestIdAndLog(http)
  const socket_origin = config.public_origin.replace(/^http/, 'ws')
  installSecurityHeaders(http, {
    is_https: config.public_origin.startsWith('https:'),
    media_origin: config.media_origin,
    socket_origin,
  })
  await http.register(cors, {
    origin: config.allowed_origins,
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
    exposedHeaders: [
      'x-request-id',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'location',
      'idempotent-replayed',
    ],
    maxAge: 600,
    // Else an OPTIONS request that is no preflight is answered in plain text.
    strictPreflight: false,
  })
  await http.register(cookie)
  installBodyParsers(http)
  await http.register(formbody)
  await http.register(multipart, {
    limits: { fileSize: config.upload_bytes_max, files: 10, fields: 30, fieldSize: 100_000, parts: 40 },
  })
  await installOpenApi(http, config.app_name, config.public_origin)
  installGuards(http, deps)
  installIdempotency(http, deps)
  await http.register(scope(deps.api_routes), { prefix: API_PREFIX })
  await http.register(scope(deps.root_routes))
  await installWebFiles(http, deps.web_folder)
  return http
}

/** Routes of the platform; each must say who may call it and how often. */
function scope(plugins: FastifyPluginAsyncTypebox[]): FastifyPluginAsyncTypebox {
  return async (scoped) => {
    requireRouteConfig(scoped)
    for (const plugin of plugins) await scoped.register(plugin)
  }
}

function installGuards(http: FastifyInstance, deps: HttpDeps): void {
  http.addHook('onRequest', async (request, reply) => {
    const { access, verified_email, ignores_token } = request.routeOptions.config
    if (access === undefined) return
    if (!ignores_token) request.actor = await identify(deps, request)
    request.identified_at_ms = performance.now()
    reply.headers(await applyLimits(deps, request, request.actor))
    assertAccess(request.actor, access, verified_email ?? false)
    if (request.actor.kind !== 'guest') reply.header('cache-control', 'no-store')
    assertAcceptedType(request)
  })
  // What follows looks at the database as the caller. Routes that must find out first who calls say so themselves.
  http.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config.acts_as === 'system') asSystem(done)
    else actAs(viewpointOf(request.actor), done)
  })
  // Who keeps the last byte of a body back would act with the rights of the moment when the request began.
  http.addHook('preHandler', async (request) => {
    const { access, verified_email } = request.routeOptions.config
    if (access === undefined || request.actor.kind === 'guest') return
    if (performance.now() - request.identified_at_ms < BODY_MS_MAX) return
    assertAccess(await identify(deps, request), access, verified_email ?? false)
  })
}

async function identify(deps: HttpDeps, request: FastifyRequest): Promise<Actor> {
  const authorization = header(request, 'authorization')
  if (authorization === undefined) return identifyByCookie(deps, request)
  try {
    return await deps.authenticate(/^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1] ?? '')
  } catch (error) {
    // Guessing tokens costs the guesser's address.
    await applyLimits(deps, request, { kind: 'guest' })
    throw error
  }
}

/**
 * A cookie comes along whether the page wants it or not. One that has died, or that came with a request which a foreign
 * page may have made, does not count where a guest may call, and is refused elsewhere. Bearer tokens need no such check.
 */
async function identifyByCookie(deps: HttpDeps, request: FastifyRequest): Promise<Actor> {
  const token = deps.cookies.accessToken(request)
  if (token === undefined) return { kind: 'guest' }
  try {
    const actor = await deps.authenticate(token)
    deps.cookies.assertOwnRequest(request, token)
    return actor
  } catch (error) {
    if (error instanceof Problem && request.routeOptions.config.access === 'guest') return { kind: 'guest' }
    await applyLimits(deps, request, { kind: 'guest' })
    throw error
  }
}

/**
 * A request that asked for another protocol and got an answer instead: its connection has left the HTTP server, which
 * will neither read nor time it out. Nobody else closes it, not even when the client is gone.
 */
function closeRefusedUpgrade({ headers, raw }: FastifyRequest): void {
  if (headers.upgrade !== undefined && raw.socket instanceof Socket) raw.socket.destroySoon()
}

/**
 * Before every other hook: also what is refused or answered early has an id, an actor and its line in the log, and sees
 * of the database what a guest sees, whatever the code around the server may do.
 */
function installRequestIdAndLog(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    request.actor = { kind: 'guest' }
    reply.header('x-request-id', request.id)
    withRequestId(request.id, () => actAs({ kind: 'guest' }, done))
  })
  http.addHook('onResponse', async (request, reply) => endRequest(request, reply))
}

function endRequest(request: FastifyRequest, reply: FastifyReply): void {
  closeRefusedUpgrade(request)
  const { actor } = request
  const line = {
    event: 'http.request',
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    account_id: actor.kind === 'guest' ? undefined : actor.account_id,
  }
  withRequestId(request.id, () => request.log.info(line, 'request'))
}
