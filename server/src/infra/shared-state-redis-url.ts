/** Where Redis is, and how it is run. `options` fit ioredis; nothing here is ever logged. */
export type RedisTarget = {
  kind: 'single' | 'cluster' | 'sentinel'
  hosts: { host: string; port: number }[]
  master_name?: string
  username?: string
  password?: string
  sentinel_password?: string
  db: number
  tls: boolean
}

const FORMS = {
  redis: { kind: 'single', tls: false },
  rediss: { kind: 'single', tls: true },
  'redis+cluster': { kind: 'cluster', tls: false },
  'rediss+cluster': { kind: 'cluster', tls: true },
  'redis+sentinel': { kind: 'sentinel', tls: false },
  'rediss+sentinel': { kind: 'sentinel', tls: true },
} as const

/**
 * Understands
 * - `redis://[user:password@]host[:port][/db]` and `rediss://…` (TLS): one server;
 * - several of these separated by commas, or `redis+cluster://[user:password@]host[:port],host[:port]`: a cluster;
 * - `redis+sentinel://[user:password@]host[:port],…/master-name[/db][?sentinel_password=…]`: behind Sentinels.
 * @throws Error that names the variable and never its value
 */
export function parseRedisUrl(value: string): RedisTarget {
  const parts = value.trim().match(/^([a-z+]+):\/\/(?:([^@/]*)@)?([^@/?]+)((?:\/[^/?]*)*)(?:\?(.*))?$/)
  const addresses = commaList(value.trim())
  if (addresses) return addresses
  const form = Object.entries(FORMS).find(([scheme]) => scheme === parts?.[1])?.[1]
  if (!parts || !form) throw refused('it starts with none of the known schemes, or has no host')
  const [, , account = '', list = '', path = '', query = ''] = parts
  const hosts = list.split(',').map((host) => parseHost(host, form.kind === 'sentinel' ? 26_379 : 6_379))
  const segments = path.split('/').slice(1).filter(Boolean).map(decode)
  const sentinel_password = new URLSearchParams(query).get('sentinel_password') ?? undefined
  return {
    kind: form.kind === 'single' && hosts.length > 1 ? 'cluster' : form.kind,
    hosts,
    tls: form.tls,
    ...place(form.kind, segments),
    ...credentials(account),
    ...(sentinel_password === undefined ? {} : { sentinel_password }),
  }
}

/** `redis://a:1,redis://b:2`: every part is an address of its own; the first names the account. */
function commaList(value: string): RedisTarget | undefined {
  const parts = value.split(',').map((part) => part.trim())
  if (parts.length < 2 || !parts.every((part) => /^rediss?:\/\//.test(part))) return undefined
  const targets = parts.map(parseRedisUrl)
  const [first] = targets
  if (!first || targets.some((target) => target.tls !== first.tls))
    throw refused('it mixes redis:// and rediss://')
  return { ...first, kind: 'cluster', hosts: targets.flatMap((target) => target.hosts) }
}

function place(kind: RedisTarget['kind'], segments: string[]): { db: number; master_name?: string } {
  const [master_name, ...rest] = kind === 'sentinel' ? segments : [undefined, ...segments]
  if (kind === 'sentinel' && !master_name) throw refused('the name of the master is missing at its end')
  const db = Number(rest[0] ?? 0)
  if (rest.length > 1 || !Number.isInteger(db) || db < 0)
    throw refused('the number of the database is not one')
  return { db, ...(master_name === undefined ? {} : { master_name }) }
}

function credentials(account: string): { username?: string; password?: string } {
  if (account === '') return {}
  const colon = account.indexOf(':')
  if (colon < 0) return { password: decode(account) }
  const username = decode(account.slice(0, colon))
  return { password: decode(account.slice(colon + 1)), ...(username === '' ? {} : { username }) }
}

function parseHost(text: string, default_port: number): { host: string; port: number } {
  const parts = text.trim().match(/^(\[[0-9a-fA-F:]+\]|[^:[\]]+)(?::(\d{1,5}))?$/)
  const port = Number(parts?.[2] ?? default_port)
  if (!parts?.[1] || port < 1 || port > 65_535) throw refused('one of its hosts is not host or host:port')
  return { host: parts[1].replace(/^\[|\]$/g, ''), port }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw refused('a part of it is not percent-encoded correctly')
  }
}

function refused(reason: string): Error {
  return new Error(`REDIS_URL is not understood: ${reason}`)
}
