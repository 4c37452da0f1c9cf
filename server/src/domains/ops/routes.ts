import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'

export type Probe = { name: string; check: () => Promise<void> }

export type OpsDeps = {
  app_name: string
  version: string
  public_origin: string
  upload_bytes_max: number
  /** ISO 4217 code of every amount on the wire. */
  currency: string
  /** Providers that are set up: the others' buttons are hidden (contract 4.15). */
  sign_in: { google: boolean; apple: boolean; telegram: boolean }
  /** Readiness: each must be there before traffic may come. */
  probes: Probe[]
  isStopping: () => boolean
}

const config = { access: 'guest', limit: 'none' } as const
const tags = ['system']

const Health = Type.Object({ status: Type.String(), service: Type.String(), version: Type.String() })
const Ready = Type.Object({ status: Type.String(), checks: Type.Record(Type.String(), Type.String()) })

/** Probes and the client configuration (contract 2.17). Paths are relative to the origin. */
export function opsRoutes(deps: OpsDeps): FastifyPluginAsyncTypebox {
  const { app_name: service, version } = deps
  const socket_origin = deps.public_origin.replace(/^http/, 'ws')
  return async (http) => {
    http.get('/health', { schema: { tags, response: { 200: Health } }, config }, async () => ({
      status: 'ok',
      service,
      version,
    }))
    http.get(
      '/health/ready',
      { schema: { tags, response: { 200: Ready, 503: Ready } }, config },
      async (_request, reply) => {
        const results = await Promise.all(
          deps.probes.map(async ({ name, check }) => [name, await outcome(check)] as const),
        )
        const ready = !deps.isStopping() && results.every(([, result]) => result === 'ok')
        return reply
          .code(ready ? 200 : 503)
          .send({ status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(results) })
      },
    )
    http.get(
      '/api/v1/config',
      { schema: { tags, response: { 200: ClientConfig } }, config: { access: 'guest', limit: 'read' } },
      async (_request, reply) => {
        reply.header('cache-control', 'public, max-age=60')
        return {
          api_version: 'v1' as const,
          api_base_url: `${deps.public_origin}/api/v1`,
          websocket_url: socket_origin,
          endpoints: {
            websocket_user: `${socket_origin}/ws/user`,
            websocket_shop: `${socket_origin}/ws/shop`,
            websocket_admin: `${socket_origin}/ws/admin`,
            websocket_products: `${socket_origin}/ws/products`,
          },
          min_app_version: '1.0.0',
          max_upload_bytes: deps.upload_bytes_max,
          currency: deps.currency,
          sign_in: deps.sign_in,
        }
      },
    )
  }
}

const ClientConfig = Type.Object({
  api_base_url: Type.String(),
  websocket_url: Type.String(),
  api_version: Type.Literal('v1'),
  endpoints: Type.Object({
    websocket_user: Type.String(),
    websocket_shop: Type.String(),
    websocket_admin: Type.String(),
    websocket_products: Type.String(),
  }),
  min_app_version: Type.String(),
  max_upload_bytes: Type.Integer(),
  currency: Type.String({ description: 'ISO 4217 code of every amount' }),
  sign_in: Type.Object({ google: Type.Boolean(), apple: Type.Boolean(), telegram: Type.Boolean() }),
})

const PROBE_MS = 2_000

async function outcome(check: () => Promise<void>): Promise<string> {
  const timeout = new Promise<string>((resolve) => {
    setTimeout(resolve, PROBE_MS, 'timed_out').unref()
  })
  return Promise.race([
    check().then(
      () => 'ok',
      () => 'failed',
    ),
    timeout,
  ])
}
