import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'

let app: TestApp
let origin: string

beforeAll(async () => {
  app = await startTestApp()
  origin = await app.http.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.stop())

/** A request whose body ends only after `meanwhile`. */
async function slowly(user: GivenUser, meanwhile: () => Promise<unknown>): Promise<unknown> {
  const body = JSON.stringify({ name: 'Late' })
  const request = httpRequest(`${origin}/api/v1/users/me`, {
    method: 'PUT',
    headers: { ...user.auth, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  })
  const answered = once(request, 'response')
  request.write(body.slice(0, -1))
  await pause(300)
  await meanwhile()
  // Together longer than the server believes what it found at the beginning.
  await pause(400)
  request.end(body.slice(-1))
  const [response] = await answered
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

test('a request that is held open does not act after its session was ended, its person blocked (Z-05)', async () => {
  const admin = await app.given.admin()
  for (const way of ['log-out', 'block'] as const) {
    const user = await app.given.user({ name: 'Early' })
    const end = () =>
      way === 'log-out'
        ? app.http.inject({ method: 'POST', url: '/api/v1/auth/logout-all', headers: user.auth })
        : app.http.inject({
            method: 'POST',
            url: `/api/v1/admin/users/${user.user_id}/block`,
            headers: admin.auth,
            payload: { reason: 'Sells copies of brands' },
          })
    expect(await slowly(user, end), way).toMatchObject({ status: 401, code: 'token_revoked' })
    const { name } = await app.db
      .selectFrom('identity.users')
      .select('name')
      .where('id', '=', user.user_id)
      .executeTakeFirstOrThrow()
    expect(name, way).toBe('Early')
  }
})

test('a slow body of somebody whose session goes on is taken', async () => {
  const user = await app.given.user({ name: 'Early' })
  expect(await slowly(user, async () => undefined)).toMatchObject({ name: 'Late' })
})
