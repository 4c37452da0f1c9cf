import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '#infra/db.ts'
import { header } from '#infra/http.ts'
import type { Actor } from '#kernel/actor.ts'
import { Problem, validationFailed } from '#kernel/problem.ts'
import { after, type Clock, DAY_MS, MINUTE_MS } from '#kernel/time.ts'

type Deps = { db: Db; clock: Clock }
type Claim = { id: number }

/**
 * A request whose process died is forgotten after this long. What it may have accepted is found again by its key
 * (generations), or moves no money by being there twice (an unpaid top-up).
 */
const IN_FLIGHT_MS = 2 * MINUTE_MS

declare module 'fastify' {
  interface FastifyRequest {
    idempotency_claim: Claim | null
  }
}

/**
 * `Idempotency-Key` on every POST that moves money or starts a generation (contract 0.3): the same key and body within
 * 24 h answer what was answered; another body, or the first still in flight, is 409. Server errors are not kept.
 */
export function installIdempotency(http: FastifyInstance, deps: Deps): void {
  http.decorateRequest('idempotency_claim', null)
  http.addHook('preHandler', async (request, reply) => {
    const key = header(request, 'idempotency-key')
    if (key === undefined || !applies(request)) return
    if (!/^[\x21-\x7e]{1,64}$/.test(key)) throw badKey()
    const claim = await claimKey(deps, request, key)
    if ('id' in claim) request.idempotency_claim = claim
    else return replay(reply, claim)
  })
  http.addHook('onSend', async (request, reply, payload) => {
    const claim = request.idempotency_claim
    if (!claim) return payload
    request.idempotency_claim = null
    await settleKey(deps.db, claim, reply.statusCode, payload)
    return payload
  })
}

function applies(request: FastifyRequest): boolean {
  const { limit } = request.routeOptions.config
  return (
    request.method === 'POST' &&
    request.actor.kind !== 'guest' &&
    (limit === 'money' || limit === 'generation')
  )
}

type Stored = { response_status: number; response_body: unknown }

async function claimKey(deps: Deps, request: FastifyRequest, key: string): Promise<Claim | Stored> {
  const now = deps.clock.now()
  const row = {
    account: accountKey(request.actor),
    key,
    route: `${request.method} ${request.routeOptions.url ?? request.url}`,
    request_hash: createHash('sha256')
      .update(JSON.stringify([request.params, request.body ?? null]))
      .digest('base64url'),
  }
  const expires_at = after(now, DAY_MS)
  await deps.db
    .deleteFrom('infra.idempotency_keys')
    .where('account', '=', row.account)
    .where('key', '=', key)
    .where('route', '=', row.route)
    .where((eb) =>
      eb.or([
        eb('expires_at', '<=', now),
        eb.and([eb('response_status', 'is', null), eb('created_at', '<', after(now, -IN_FLIGHT_MS))]),
      ]),
    )
    .execute()
  const inserted = await deps.db
    .insertInto('infra.idempotency_keys')
    .values({ ...row, created_at: now, expires_at })
    .onConflict((oc) => oc.columns(['account', 'key', 'route']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted) return inserted
  const known = await deps.db
    .selectFrom('infra.idempotency_keys')
    .select(['request_hash', 'response_status', 'response_body'])
    .where('account', '=', row.account)
    .where('key', '=', key)
    .where('route', '=', row.route)
    .executeTakeFirst()
  if (!known || known.request_hash !== row.request_hash) throw mismatch()
  if (known.response_status === null) throw inFlight()
  return { response_status: known.response_status, response_body: known.response_body }
}

function replay(reply: FastifyReply, stored: Stored): FastifyReply {
  return reply
    .code(stored.response_status)
    .header('idempotent-replayed', 'true')
    .header('cache-control', 'no-store')
    .type(
      stored.response_status >= 400
        ? 'application/problem+json; charset=utf-8'
        : 'application/json; charset=utf-8',
    )
    .serializer(JSON.stringify)
    .send(stored.response_body)
}

async function settleKey(db: Db, claim: Claim, status: number, payload: unknown): Promise<void> {
  if (status >= 500 || status === 429 || typeof payload !== 'string') {
    await db.deleteFrom('infra.idempotency_keys').where('id', '=', claim.id).execute()
    return
  }
  await db
    .updateTable('infra.idempotency_keys')
    .set({ response_status: status, response_body: payload })
    .where('id', '=', claim.id)
    .execute()
}

function accountKey(actor: Actor): string {
  if (actor.kind === 'user') return `user:${actor.user_id}`
  return actor.kind === 'shop' ? `shop:${actor.shop_id}` : 'guest'
}

function badKey(): Problem {
  return validationFailed([
    {
      field: 'Idempotency-Key',
      code: 'bad_format',
      message: {
        ru: 'От 1 до 64 печатных знаков',
        kk: '1-ден 64-ке дейін басылатын таңба',
        en: '1 to 64 printable characters',
      },
    },
  ])
}

function mismatch(): Problem {
  return new Problem({
    status: 409,
    code: 'idempotency_mismatch',
    title: 'The key was used for another request',
    detail: {
      ru: 'Этот ключ уже использован для другого запроса',
      kk: 'Бұл кілт басқа сұраныс үшін қолданылған',
      en: 'This key was already used for another request',
    },
  })
}

function inFlight(): Problem {
  return new Problem({
    status: 409,
    code: 'request_in_flight',
    title: 'The first request with this key is still running',
    detail: {
      ru: 'Такой запрос уже выполняется',
      kk: 'Мұндай сұраныс орындалып жатыр',
      en: 'This request is already running',
    },
    retry_after_s: 2,
  })
}
