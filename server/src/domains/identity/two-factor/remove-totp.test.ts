import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { makeAdmin } from '../accounts/make-admin.ts'
import { createPasskeyClient } from '../passkeys/passkey-test-support.ts'
import { auditOf, type Client, codeAt, lastEvent } from '../test-support.ts'

let app: TestApp
let client: Client
let steps: ReturnType<typeof createPasskeyClient>

beforeAll(async () => {
  app = await startTestApp()
  steps = createPasskeyClient(app)
  client = steps.client
})
afterAll(() => app.stop())

async function addApp(token: string) {
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  const code = codeAt(secret, app.clock.now())
  const enabled = await client.post('/auth/2fa/enable', { code }, { token })
  app.clock.advance(30 * SECOND_MS)
  return { secret, recovery_codes: enabled.response.json<{ recovery_codes: string[] }>().recovery_codes }
}

async function withApp() {
  const { email, token } = await steps.person()
  return { email, token, ...(await addApp(token)) }
}

const remove = (token: string) => client.call('DELETE', '/auth/2fa/totp', { token })
const factors = async (token: string) => (await client.get('/auth/2fa', token)).body

test('whoever lost the phone comes in by a recovery code, removes the app without a code of it and sets up a new one', async () => {
  const { email, recovery_codes } = await withApp()
  const pre_auth_token = await steps.firstStep(email)
  const entered = await client.post('/auth/2fa/verify', { pre_auth_token, recovery_code: recovery_codes[0] })
  const token = String(entered.body.access_token)
  expect((await remove(token)).status).toBe(200)
  expect(await factors(token)).toMatchObject({ enabled: false, totp: false, recovery_codes_left: 0 })
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: false })
  expect(await auditOf(app)).toEqual(
    expect.arrayContaining(['identity.totp_removed', 'identity.two_factor_disabled']),
  )
  await addApp(token)
  expect(await factors(token)).toMatchObject({ enabled: true, totp: true, recovery_codes_left: 10 })
})

test('beside a passkey the app alone goes: the second step and its recovery codes stay, and its owner is told', async () => {
  const { email, token } = await steps.withPasskey()
  const { secret } = await addApp(token)
  expect((await remove(token)).status).toBe(200)
  expect(await factors(token)).toMatchObject({
    enabled: true,
    totp: false,
    passkeys: 1,
    recovery_codes_left: 10,
  })
  expect(await lastEvent(app, 'identity.factors_changed')).toMatchObject({ email, change: 'totp_removed' })
  const code = codeAt(secret, app.clock.now())
  const pre_auth_token = await steps.firstStep(email)
  expect((await client.post('/auth/2fa/verify', { pre_auth_token, code })).body.code).toBe('invalid_code')
  expect((await remove(token)).status).toBe(404)
})

test('it needs a sign-in of the last 15 minutes (A-11)', async () => {
  const { token } = await withApp()
  app.clock.advance(16 * MINUTE_MS)
  expect((await remove(token)).body.code).toBe('reauth_required')
  expect(await factors(token)).toMatchObject({ enabled: true, totp: true })
})

test('an admin keeps his last factor', async () => {
  const { email, secret } = await withApp()
  await makeAdmin(app.identity, email)
  const pre_auth_token = await steps.firstStep(email)
  const code = codeAt(secret, app.clock.now())
  const token = String((await client.post('/auth/2fa/verify', { pre_auth_token, code })).body.access_token)
  expect((await remove(token)).body.code).toBe('admin_only')
  expect(await factors(token)).toMatchObject({ enabled: true, is_compulsory: true, totp: true })
})
