import swagger from '@fastify/swagger'
import type { FastifyContextConfig, FastifyInstance, FastifySchema } from 'fastify'
import { ProblemBody } from '#infra/schemas.ts'

/** OpenAPI 3.1, written from the very schemas that validate; `npm run generate:openapi` keeps a copy in `docs/api`. */
export async function installOpenApi(
  http: FastifyInstance,
  app_name: string,
  server_url: string,
): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `${app_name} API`, version: '1.0.0', description: 'Fashion marketplace with AI try-on' },
      servers: [{ url: server_url }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          // Without https the name has no prefix.
          cookie: { type: 'apiKey', in: 'cookie', name: '__Host-leema_access' },
        },
        // The plugin's type knows OpenAPI 3.0 schemas only; ProblemBody is a JSON Schema as 3.1 wants it.
        schemas: { Problem: ProblemBody as unknown as Record<string, never> },
      },
    },
    hideUntagged: true,
    transform: ({ schema, url, route }) => ({
      url,
      schema: {
        ...schema,
        ...described(schema, url, route.config ?? {}),
        ...cookieHeaders([route.method].flat(), route.config ?? {}),
      },
    }),
  })
}

/** What follows from the route itself: who may call it, which refusals it can answer, which file it takes. */
function described(schema: FastifySchema | undefined, url: string, config: FastifyContextConfig) {
  const access = config.access ?? 'guest'
  const own = schema?.response !== null && typeof schema?.response === 'object' ? schema.response : {}
  const statuses = [
    ...(config.ignores_token ? [] : [401]),
    ...(access === 'guest' ? [] : [403]),
    ...(url.includes(':') ? [404] : []),
    ...(schema?.body || schema?.consumes ? [400, 413, 415] : []),
    422,
    429,
    'default',
  ]
  return {
    response: { ...Object.fromEntries(statuses.map((status) => [status, problemReference])), ...own },
    security: access === 'guest' ? [] : [{ bearer: [] }, { cookie: [] }],
    'x-access': access,
    ...(config.file_field ? { body: formOf(config.file_field) } : {}),
  }
}

/** What a client without tokens of its own says: that it wants cookies, and that a change is its own wish. */
function cookieHeaders(methods: string[], config: FastifyContextConfig) {
  const is_change = !config.ignores_token && methods.some((method) => !['GET', 'HEAD'].includes(method))
  const properties = {
    ...(config.changes_session ? { 'X-Client-Session': SESSION_HEADER } : {}),
    ...(is_change && config.access !== undefined ? { 'X-CSRF-Token': CSRF_HEADER } : {}),
  }
  return Object.keys(properties).length > 0 ? { headers: { type: 'object', properties } } : {}
}

const SESSION_HEADER = {
  type: 'string',
  enum: ['cookie'],
  description:
    'The tokens of the session go into cookies that no script reads; the body has a csrf_token instead',
}
const CSRF_HEADER = {
  type: 'string',
  description: 'Wanted of a caller who is signed in by a cookie: the csrf_token of the session',
}

/** The files are read by the route itself, part by part; nothing but the document knows this schema. */
function formOf(field: string) {
  const file = { type: 'string', format: 'binary' }
  return {
    type: 'object',
    required: [field],
    properties: { [field]: field.endsWith('s') ? { type: 'array', items: file, minItems: 1 } : file },
  }
}

const problemReference = {
  description: 'Refusal (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}
