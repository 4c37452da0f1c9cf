import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '#infra/db.ts'
import { IdParams } from '#infra/schemas.ts'
import { notFound } from '#kernel/problem.ts'
import { escapeHtml } from './compose-mail.ts'

const LATEST = 100
const config = { access: 'guest', limit: 'standard', acts_as: 'system' } as const

/**
 * The local mailbox: without a mail server, the stored mails are read here. It lets anybody read them, so the server
 * refuses to start with it in production (`SMTP_URL`).
 */
export function mailboxRoutes(deps: { db: Db }): FastifyPluginAsyncTypebox {
  return async (http) => {
    const schema = {
      hide: true,
      querystring: Type.Object({ to: Type.Optional(Type.String({ maxLength: 255 })) }),
    }
    http.get('/mailbox', { schema, config }, async (request, reply) => {
      let query = deps.db
        .selectFrom('notifications.mails')
        .select(['id', 'to_address', 'subject', 'created_at', 'status'])
        .orderBy('id', 'desc')
        .limit(LATEST)
      if (request.query.to) query = query.where('to_address', '=', request.query.to.toLowerCase())
      const rows = await query.execute()
      const items = rows.map(
        (row) =>
          `<li><a href="/mailbox/${row.id}"><strong>${escapeHtml(row.subject)}</strong></a><br>${escapeHtml(row.to_address)} · ${row.created_at.toISOString()}</li>`,
      )
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', PAGE_CSP)
        .header('cache-control', 'no-store')
        .send(page('Mailbox', items.length > 0 ? `<ul>${items.join('')}</ul>` : '<p>No mails yet.</p>'))
    })
    http.get(
      '/mailbox/:mail_id',
      { schema: { hide: true, params: IdParams('mail_id') }, config },
      async (request, reply) => {
        const row = await deps.db
          .selectFrom('notifications.mails')
          .selectAll()
          .where('id', '=', request.params.mail_id)
          .executeTakeFirst()
        if (!row) throw notFound()
        const head = `<p><a href="/mailbox">← Mailbox</a></p><h1>${escapeHtml(row.subject)}</h1><p>${escapeHtml(row.to_address)} · ${row.created_at.toISOString()}</p>`
        const frame = `<iframe title="Mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escapeHtml(row.body_html)}" width="100%" height="600"></iframe>`
        return reply
          .type('text/html; charset=utf-8')
          .header('content-security-policy', PAGE_CSP)
          .header('cache-control', 'no-store')
          .send(page(row.subject, `${head}${frame}<pre>${escapeHtml(row.body_text)}</pre>`))
      },
    )
  }
}

const PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"

function page(title: string, body: string): string {
  const style =
    'body{font-family:system-ui;max-width:760px;margin:2rem auto;padding:0 1rem;line-height:1.5}li{margin:0 0 1rem}pre{white-space:pre-wrap}'
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>${body}</body></html>`
}
