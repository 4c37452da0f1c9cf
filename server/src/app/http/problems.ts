import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { BlobsUnavailable } from '#infra/blobs.ts'
import { localeOf } from '#infra/http.ts'
import { withRequestId } from '#infra/log.ts'
import { SharedStateUnavailable } from '#infra/shared-state.ts'
import { Problem, validationFailed } from '#kernel/problem.ts'
import { RateLimited } from './limits.ts'
import { fieldErrors } from './validation.ts'

/** Every refusal leaves as RFC 9457 `application/problem+json` with the members of contract 0.5. */
export function installProblemHandling(http: FastifyInstance): void {
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error)
    if (problem instanceof RateLimited) reply.headers(problem.headers)
    if (problem.status >= 500 && !(error instanceof Problem)) {
      withRequestId(request.id, () =>
        request.log.error(
          { event: 'http.bug', err: error, route: request.routeOptions.url },
          'unexpected error',
        ),
      )
    }
    return sendProblem(request, reply, problem)
  })
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const locale = localeOf(request)
  if (problem.retry_after_s !== undefined) reply.header('retry-after', problem.retry_after_s)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  const body = {
    ...problem.extra,
    type: `/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail[locale],
    instance: request.url.split('?')[0],
    code: problem.code,
    request_id: request.id,
    ...(problem.errors.length > 0
      ? { errors: problem.errors.map((error) => ({ ...error, message: error.message[locale] })) }
      : {}),
  }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-language', locale)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body)
}

/** What Fastify and its plugins throw, in the platform's words. Everything unknown is a bare 500 (A23). */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (!(error instanceof Error)) return internalError()
  if ('validation' in error && Array.isArray(error.validation))
    return validationFailed(fieldErrors(error.validation))
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge()
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT' || code === 'FST_FIELDS_LIMIT')
    return tooLarge()
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE')
    return unsupportedMedia()
  if (BROKEN_FORM.test(error.message)) return badRequest(400)
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status >= 400 && status < 500) return badRequest(status)
  if (error instanceof SharedStateUnavailable || error instanceof BlobsUnavailable || isDatabaseAway(error))
    return unavailable()
  return internalError()
}

/** The parser of multipart forms knows no codes: no or an endless boundary, or a body that ends too early. */
const BROKEN_FORM =
  /^(Multipart: Boundary not found|The needle cannot |Unexpected end of multipart data|\w+ terminated early due to unexpected end)/

/** SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown) and refused sockets: try again later. */
function isDatabaseAway(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(08|53|57P)/.test(code) ||
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET' ||
    error.message.startsWith('timeout exceeded when trying to connect') ||
    error.message.startsWith('Connection terminated')
  )
}

function unavailable(): Problem {
  return new Problem({
    status: 503,
    code: 'unavailable',
    title: 'Temporarily unavailable',
    detail: {
      ru: 'Сервис временно недоступен, попробуйте ещё раз',
      kk: 'Қызмет уақытша қолжетімсіз, қайталап көріңіз',
      en: 'The service is temporarily unavailable, please try again',
    },
    retry_after_s: 5,
  })
}

export function badRequest(status: number): Problem {
  return new Problem({
    status: status === 413 || status === 415 ? status : 400,
    code: status === 413 ? 'file_too_large' : status === 415 ? 'unsupported_media' : 'bad_request',
    title: 'The request cannot be understood',
    detail: {
      ru: 'Запрос не удалось разобрать',
      kk: 'Сұранысты түсіну мүмкін болмады',
      en: 'The request cannot be understood',
    },
  })
}

function tooLarge(): Problem {
  return new Problem({
    status: 413,
    code: 'file_too_large',
    title: 'Too large',
    detail: { ru: 'Слишком большой объём данных', kk: 'Деректер көлемі тым үлкен', en: 'Too much data' },
  })
}

export function unsupportedMedia(): Problem {
  return new Problem({
    status: 415,
    code: 'unsupported_media',
    title: 'Unsupported type',
    detail: {
      ru: 'Такой тип данных не поддерживается',
      kk: 'Мұндай деректер түріне қолдау көрсетілмейді',
      en: 'This type of data is not supported',
    },
  })
}

function internalError(): Problem {
  return new Problem({
    status: 500,
    code: 'internal',
    title: 'Internal error',
    detail: {
      ru: 'Внутренняя ошибка. Мы уже знаем о ней',
      kk: 'Ішкі қате. Біз бұл туралы білеміз',
      en: 'Internal error. We already know about it',
    },
  })
}
