import { afterAll, beforeAll, expect, test } from 'vitest'
import { SECOND_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { makeAdmin } from '../accounts/make-admin.ts'
import { auditOf, type Client, codeAt, createClient, lastEvent } from '../test-support.ts'
import { resetTwoFactor } from './reset-two-factor.ts'

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
  const code = codeAt(secret, app.clock.now())
  const enabled = await client.post('/auth/2fa/enable', { code }, { token })
  app.clock.advance(30 * SECOND_MS)
  const { recovery_codes } = enabled.response.json<{ recovery_codes: string[] }>()
  return { email, token, secret, recovery_codes }
}

test('an operator takes away every factor of a person who lost them: sessions end, he is told, it is on record', async () => {
  const { email, token, recovery_codes } = await protectedPerson()
  expect(await resetTwoFactor(app.identity, ` ${email.toUpperCase()} `)).toEqual({
    account_id: expect.any(Number),
    email,
  })
  expect((await client.get('/users/me', token)).status).toBe(401)
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: false })
  expect((await auditOf(app)).slice(-2)).toEqual(['identity.session_revoked', 'identity.two_factor_disabled'])
  const back = await client.login({ email })
  expect(back.body.account_type).toBe('user')
  const factors = await client.get('/auth/2fa', String(back.body.access_token))
  expect(factors.body).toMatchObject({ enabled: false, totp: false, passkeys: 0, recovery_codes_left: 0 })
  expect(recovery_codes).toHaveLength(10)
})

test('an admin without factors is not let in but made to set up a new one', async () => {
  const { email } = await protectedPerson()
  await makeAdmin(app.identity, email)
  await resetTwoFactor(app.identity, email)
  const { body } = await client.login({ email })
  expect(body).toMatchObject({ two_factor_required: true, enrolment_required: true, methods: [] })
})

test('an unknown address and an account without a factor are refused, and nothing is written', async () => {
  const email = client.newEmail()
  const token = String((await client.register({ email })).body.access_token)
  const before = await auditOf(app)
  await expect(resetTwoFactor(app.identity, 'stranger@example.com')).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(resetTwoFactor(app.identity, email)).rejects.toMatchObject({ code: 'invalid_state' })
  expect(await auditOf(app)).toEqual(before)
  expect((await client.get('/users/me', token)).status).toBe(200)
})
