import type { FastifyInstance, FastifyRequest } from 'fastify'
import { badRequest, unsupportedMedia } from './problems.ts'
import { NESTING_MAX } from './validation.ts'

const JSON_TYPE = 'application/json'

/**
 * JSON as Fastify reads it, with two differences: an empty body is none (many clients name the type on every request),
 * and nesting has an end, because whatever walks the body later would run out of stack. Plain text is nobody's input.
 */
export function installBodyParsers(http: FastifyInstance): void {
  const parseJson = http.getDefaultJsonParser('error', 'error')
  http.removeContentTypeParser(['text/plain', JSON_TYPE])
  http.addContentTypeParser<string>(JSON_TYPE, { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined)
    void parseJson(request, text, (error, value) => {
      if (!error && isNestedBeyond(value, NESTING_MAX)) return done(badRequest(400))
      done(error, value)
    })
  })
}

/** A route takes the types that its schema names, else JSON. @throws unsupported_media (415) */
export function assertAcceptedType(request: FastifyRequest): void {
  const type = request.headers['content-type']
  if (type === undefined) return
  const accepted = request.routeOptions.schema?.consumes ?? [JSON_TYPE]
  if (!accepted.includes(type.split(';')[0]?.trim().toLowerCase() ?? '')) throw unsupportedMedia()
}

/** Safe for any depth: it looks no deeper than asked. */
function isNestedBeyond(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((inner) => isNestedBeyond(inner, levels - 1))
}
