import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { header } from '#infra/http.ts'
import { notFound } from '#kernel/problem.ts'
import { sendProblem } from './problems.ts'

const YEAR_S = 31_536_000

/** The built web panels. Hashed assets are kept for ever; any other page path gets the app, which routes by itself. */
export async function installWebFiles(http: FastifyInstance, folder: URL): Promise<void> {
  const index_file = new URL('index.html', folder)
  const index = existsSync(index_file) ? readFileSync(index_file, 'utf8') : null
  http.setNotFoundHandler((request, reply) => {
    if (index === null || !isPage(request)) return sendProblem(request, reply, notFound())
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index)
  })
  if (index === null) return
  await http.register(staticFiles, {
    root: fileURLToPath(folder),
    index: false,
    wildcard: false,
    preCompressed: true,
    schemaHide: true,
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? `public, max-age=${YEAR_S}, immutable` : 'public, max-age=300',
      )
    },
  })
}

const NO_PAGES = /^\/(api|ws|media|uploads|assets|health|metrics|mailbox|docs|redoc|openapi|swagger)(\/|$)/

/** A name with a dot is a file or a hidden folder, not a page: `/.git/HEAD` must not look as if it were there. */
function isPage(request: FastifyRequest): boolean {
  const wants_html =
    ['GET', 'HEAD'].includes(request.method) && (header(request, 'accept') ?? '').includes('text/html')
  const path = request.url.split('?')[0] ?? ''
  return wants_html && !/[.]|%2e/i.test(path) && !NO_PAGES.test(path)
}
