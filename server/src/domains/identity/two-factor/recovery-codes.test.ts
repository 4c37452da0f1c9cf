import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, codeAt, createClient, lastEvent } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

async function protectedPerson() {
  const email = client.newEmail()
  const token = String((await client.register({ email })).body.access_token)
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  const enabled = await client.post('/auth/2fa/enable', { code: codeAt(secret, app.clock.now()) }, { token })
  return { email, token, codes: enabled.body.recovery_codes as string[] }
}

const renew = (token: string) => client.post('/auth/2fa/recovery-codes', undefined, { token })
const enter = async (email: string, recovery_code: unknown) =>
  client.post('/auth/2fa/verify', {
    pre_auth_token: (await client.login({ email })).body.pre_auth_token,
    recovery_code,
  })

test('new recovery codes replace the old ones, the owner gets a notice, and each works once', async () => {
  const { email, token, codes } = await protectedPerson()
  const renewed = await renew(token)
  expect(renewed.status).toBe(200)
  expect(renewed.response.headers['cache-control']).toBe('no-store')
  const fresh = renewed.body.recovery_codes as string[]
  expect(fresh).toHaveLength(10)
  expect(fresh.filter((code) => codes.includes(code))).toEqual([])
  expect(await lastEvent(app, 'identity.factors_changed')).toMatchObject({
    email,
    change: 'recovery_codes_renewed',
  })
  expect(await auditOf(app)).toContain('identity.recovery_codes_renewed')
  expect((await enter(email, codes[0])).status).toBe(401)
  expect((await enter(email, fresh[0])).status).toBe(200)
  expect((await enter(email, fresh[0])).status).toBe(401)
  expect((await client.get('/auth/2fa', token)).body.recovery_codes_left).toBe(9)
})

test('without a second factor there are none to renew', async () => {
  const token = String((await client.register({ email: client.newEmail() })).body.access_token)
  expect((await renew(token)).status).toBe(409)
})

test('an old sign-in renews nothing', async () => {
  const { email, token, codes } = await protectedPerson()
  app.clock.advance(16 * MINUTE_MS)
  expect((await renew(token)).body.code).toBe('reauth_required')
  expect((await enter(email, codes[0])).status).toBe(200)
})
