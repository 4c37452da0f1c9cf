import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { ProblemBody } from '#infra/schemas.ts'

const ERROR_STATUSES = {
  guest: [422, 429],
  signed_in: [401, 403, 422, 429],
} as const

/** OpenAPI 3.1, written from the very schemas that validate. `/openapi.json` is served by the system routes. */
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
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        // The plugin's type knows OpenAPI 3.0 schemas only; ProblemBody is a JSON Schema as 3.1 wants it.
        schemas: { Problem: ProblemBody as unknown as Record<string, never> },
      },
    },
    hideUntagged: true,
    transform: ({ schema, url, route }) => {
      const access = route.config?.access ?? 'guest'
      const statuses = access === 'guest' ? ERROR_STATUSES.guest : ERROR_STATUSES.signed_in
      const own = schema?.response !== null && typeof schema?.response === 'object' ? schema.response : {}
      const response = { ...Object.fromEntries(statuses.map((status) => [status, problemReference])), ...own }
      const security = access === 'guest' ? [] : [{ bearer: [] }]
      return { url, schema: { ...schema, response, security, 'x-access': access } }
    },
  })
}

const problemReference = {
  description: 'Refusal (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}
