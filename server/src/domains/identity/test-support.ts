import { randomUUID } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { TOTP } from 'otpauth'
import type { TestApp } from '#test/app.ts'

export const PASSWORD = 'five red umbrellas'

type Body = Record<string, unknown>
export type Reply = { status: number; body: Body; response: LightMyRequestResponse }

/** Calls of one client against the test app, in the words of the contract. */
export function createClient(app: Pick<TestApp, 'http'>) {
  async function call(
    method: InjectOptions['method'],
    path: string,
    options: CallOptions = {},
  ): Promise<Reply> {
    const { token, payload, headers, ip } = options
    const response = await app.http.inject({
      method: method ?? 'GET',
      url: `/api/v1${path}`,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
      ...(ip === undefined ? {} : { remoteAddress: ip }),
    })
    const is_json = String(response.headers['content-type'] ?? '').includes('json')
    return { status: response.statusCode, body: is_json ? response.json() : {}, response }
  }

  return {
    call,
    get: (path: string, token?: string) => call('GET', path, token ? { token } : {}),
    post: (path: string, payload?: Body, options: CallOptions = {}) =>
      call('POST', path, { ...options, ...(payload ? { payload } : {}) }),
    put: (path: string, payload: Body, token: string) => call('PUT', path, { token, payload }),
    newEmail: () => `person-${randomUUID().slice(0, 13)}@example.com`,
    register: (input: Body) =>
      call('POST', '/auth/register', {
        payload: {
          password: PASSWORD,
          name: 'Aida',
          account_type: 'user',
          platform: 'web',
          consents: [],
          ...input,
        },
      }),
    login: (input: Body, options: CallOptions = {}) =>
      call('POST', '/auth/login', {
        ...options,
        payload: { password: PASSWORD, account_type: 'user', platform: 'web', ...input },
      }),
    refresh: (refresh_token: unknown) => call('POST', '/auth/refresh', { payload: { refresh_token } }),
  }
}

type CallOptions = { token?: string; payload?: Body; headers?: Record<string, string>; ip?: string }
export type Client = ReturnType<typeof createClient>

/** Payloads of the events of this name, oldest first: what the mails are written from. */
export async function eventsOf(app: TestApp, name: string): Promise<Body[]> {
  const rows = await app.db
    .selectFrom('infra.outbox_events')
    .select('payload')
    .where('name', '=', name)
    .orderBy('id')
    .execute()
  return rows.map((row) => asBody(row.payload))
}

export async function lastEvent(app: TestApp, name: string): Promise<Body> {
  const events = await eventsOf(app, name)
  return events.at(-1) ?? {}
}

/** Actions of the audit trail, oldest first. */
export async function auditOf(app: TestApp): Promise<string[]> {
  const rows = await app.db.selectFrom('audit.logs').select('action').orderBy('id').execute()
  return rows.map((row) => row.action)
}

/** The secret of the link in a mail. */
export function tokenOfLink(link: unknown): string {
  return /#token=([\w-]+)$/.exec(String(link))?.[1] ?? ''
}

/** What an authenticator shows at this time. */
export function codeAt(secret: unknown, time: Date): string {
  return new TOTP({ secret: String(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: time.getTime(),
  })
}

function asBody(value: unknown): Body {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
