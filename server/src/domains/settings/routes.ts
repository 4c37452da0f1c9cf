import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '#infra/db.ts'
import { parseSetting, SETTINGS, settingToWire } from './model.ts'
import { listSettings } from './queries.ts'

const PublicSettings = Type.Record(Type.String(), Type.Union([Type.Number(), Type.Boolean()]), {
  description: 'Public platform settings by key, each in its own type',
})

export function settingsRoutes(deps: { db: Db }): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/settings/public',
      {
        schema: { tags: ['settings'], response: { 200: PublicSettings } },
        config: { access: 'guest', limit: 'read' },
      },
      async (_request, reply) => {
        const rows = await listSettings(deps.db)
        const open = rows.filter((row) => SETTINGS[row.key].public)
        reply.header('cache-control', 'public, max-age=60')
        return Object.fromEntries(
          open.map((row) => [row.key, settingToWire(row.key, parseSetting(row.key, row.value) ?? 0)]),
        )
      },
    )
  }
}
