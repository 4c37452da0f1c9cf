import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf, userOf } from '#infra/http.ts'
import { Message } from '#infra/schemas.ts'
import { type OpenArchiveDeps, openArchive } from './open-archive.ts'
import { type RequestExportDeps, requestExport } from './request-export.ts'

/** Under `/api/v1`. The address must be confirmed: the copy goes there. */
export function complianceRoutes(deps: RequestExportDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.get(
      '/users/me/export',
      {
        config: { access: 'user', limit: 'standard', verified_email: true, starts_work: true },
        schema: {
          tags: ['users'],
          summary: 'A copy of the own data, by mail; once a day',
          response: { 202: Message },
        },
      },
      async (request, reply) => {
        await requestExport(deps, userOf(request), callOf(request))
        return reply.code(202).send({ message: REQUESTED[localeOf(request)] })
      },
    )
  }
}

const REQUESTED = {
  ru: 'Собираем ваши данные. Ссылка придёт на почту',
  kk: 'Деректеріңізді жинап жатырмыз. Сілтеме поштаға келеді',
  en: 'We are collecting your data. The link will come by e-mail',
}

/** At the root: whoever has the link of the mail has the archive; it is kept by no cache and shown in no frame. */
export function exportFileRoutes(deps: OpenArchiveDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const schema = { params: Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) }) }
    http.get(
      '/exports/:token',
      { schema, config: { access: 'guest', limit: 'read', ignores_token: true, acts_as: 'system' } },
      async (request, reply) => {
        const archive = await openArchive(deps, request.params.token)
        return reply
          .type('application/zip')
          .header('content-length', archive.bytes)
          .header('content-disposition', `attachment; filename="${archive.file_name}"`)
          .header('cache-control', 'no-store')
          .header('x-content-type-options', 'nosniff')
          .header('referrer-policy', 'no-referrer')
          .header('x-robots-tag', 'noindex')
          .send(archive.body)
      },
    )
  }
}
