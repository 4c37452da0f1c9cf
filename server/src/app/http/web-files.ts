import { existsSync, readFileSync } from 'node:fs'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { header } from '#infra/http.ts'
import { sendProblem } from './problems.ts'
import { notFound } from '#kernel/problem.ts'

const YEAR_S = 31_536_000

/** The built web panels. Hashed assets are kept for ever; any other page path gets the app, which routes by itself. */
export async function installWebFiles(http: FastifyInstance, folder: URL): Promise<void> {
  if (!existsSync(new URL('index.html', folder))) return
  const index = readFileSync(new URL('index.html', folder), 'utf8')
  await http.register(staticFiles, {
    root: folder.pathname,
    index: false,
    wildcard: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.setHeader('cache-control', path.includes('/assets/') ? `public, max-age=${YEAR_S}, immutable` : 'public, max-age=300')
    },
    schemaHide: true,
  })
  http.setNotFoundHandler((request, reply) => {
    const is_page = request.method === 'GET' && (header(request, 'accept') ?? '').includes('text/html')
    const is_app_path = !/^\/(api|ws|media|uploads|assets|health|metrics)(\/|$)/.test(request.url)
    if (!is_page || !is_app_path) return sendProblem(request, reply, notFound())
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index)
  })
}
