import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LimitClass } from '#infra/http.ts'
import type { RateLimiter } from '#infra/rate-limit.ts'
import type { Actor } from '#kernel/actor.ts'
import { Problem } from '#kernel/problem.ts'
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts'

export type LimitRule = { limit: number; window_ms: number; by: 'account' | 'address' | 'account_or_address' }

/** Contract 7.1. One counter for all processes. */
export const LIMITS: Record<LimitClass, LimitRule[]> = {
  auth: [
    { limit: 5, window_ms: MINUTE_MS, by: 'address' },
    { limit: 5, window_ms: MINUTE_MS, by: 'account' },
  ],
  refresh: [{ limit: 30, window_ms: MINUTE_MS, by: 'address' }],
  generation: [
    { limit: 20, window_ms: HOUR_MS, by: 'account' },
    { limit: 60, window_ms: HOUR_MS, by: 'address' },
  ],
  read: [{ limit: 100, window_ms: MINUTE_MS, by: 'account_or_address' }],
  money: [{ limit: 10, window_ms: MINUTE_MS, by: 'account' }],
  upload: [{ limit: 30, window_ms: HOUR_MS, by: 'account' }],
  inquiry: [{ limit: 20, window_ms: HOUR_MS, by: 'address' }],
  webhook: [{ limit: 600, window_ms: MINUTE_MS, by: 'address' }],
  standard: [{ limit: 60, window_ms: MINUTE_MS, by: 'account_or_address' }],
  none: [],
}

export type LimitDeps = { limiter: RateLimiter; limits: Record<LimitClass, LimitRule[]> }

/** @throws rate_limited (429) with Retry-After */
export async function applyLimits(
  deps: LimitDeps,
  request: FastifyRequest,
  actor: Actor,
): Promise<Record<string, string>> {
  const name = request.routeOptions.config.limit ?? 'standard'
  const rules = deps.limits[name].flatMap((rule) => {
    const key = limitKey(rule, request.ip, actor)
    return key ? [{ key: `limit:${name}:${key}`, limit: rule.limit, window_ms: rule.window_ms }] : []
  })
  if (rules.length === 0) return {}
  const decision = await deps.limiter.consume(rules)
  if (!decision.allowed) throw rateLimited(decision.retry_after_s, decision.headers)
  return decision.headers
}

function limitKey(rule: LimitRule, ip: string, actor: Actor): string | null {
  const account = actor.kind === 'guest' ? null : `account:${actor.account_id}`
  const address = `address:${networkOf(ip)}`
  if (rule.by === 'account') return account
  return rule.by === 'address' ? address : (account ?? address)
}

/**
 * An IPv6 customer owns a /64: limiting single addresses would limit nobody. Addresses come shortened (`::`), and an
 * IPv4 address may come in the clothes of an IPv6 one.
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  if (!ip.includes(':')) return ip
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::')
  const first = groupsOf(head)
  const last = groupsOf(tail ?? '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  return `${[...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':')}::/64`
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':').map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
}

export class RateLimited extends Problem {
  readonly headers: Record<string, string>

  constructor(retry_after_s: number, headers: Record<string, string>) {
    super({
      status: 429,
      code: 'rate_limited',
      title: 'Too many requests',
      detail: {
        ru: `Слишком много запросов. Повторите через ${retry_after_s} с`,
        kk: `Сұраныс тым көп. ${retry_after_s} секундтан кейін қайталаңыз`,
        en: `Too many requests. Try again in ${retry_after_s} s`,
      },
      retry_after_s,
    })
    this.headers = headers
  }
}

function rateLimited(retry_after_s: number, headers: Record<string, string>): RateLimited {
  return new RateLimited(retry_after_s, headers)
}

/** A route without access and limit class is a mistake that must not reach anybody. */
export function requireRouteConfig(http: Pick<FastifyInstance, 'addHook'>): void {
  http.addHook('onRoute', (route) => {
    if (route.method === 'HEAD' || (route.config?.access && route.config.limit)) return
    throw new Error(`route ${String(route.method)} ${route.url} declares no access or limit class`)
  })
}
