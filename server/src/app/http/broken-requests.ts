import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { DEFAULT_LOCALE } from '#kernel/locale.ts'
import { badRequest } from './problems.ts'

const STATUS: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

/** What is no HTTP reaches no hook: too slow, headers beyond all measure, or not understood. A problem all the same. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = STATUS[error.code ?? ''] ?? 400
  if (socket.writable) socket.write(answerOf(status))
  socket.destroy(error)
}

function answerOf(status: number): string {
  const { code, title, detail } = badRequest(400)
  const request_id = randomUUID()
  const body = JSON.stringify({
    type: `/problems/${code}`,
    title,
    status,
    detail: detail[DEFAULT_LOCALE],
    instance: '/',
    code,
    request_id,
  })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Content-Language: ${DEFAULT_LOCALE}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${request_id}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
