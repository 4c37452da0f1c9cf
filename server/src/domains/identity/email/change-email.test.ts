import { afterAll, beforeAll, expect, test } from 'vitest'
import { listeners } from '#app/work.ts'
import { deliverBatch } from '#infra/outbox.ts'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, createClient, eventsOf, lastEvent, tokenOfLink } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

async function person() {
  const email = client.newEmail()
  const { body } = await client.register({ email })
  return { email, token: String(body.access_token) }
}

const ask = (token: string, email: string) => client.post('/auth/email/change', { email }, { token })
const confirm = (payload: Record<string, unknown>, token?: string) =>
  client.post('/auth/email/change/confirm', payload, token ? { token } : {})
const mailed = () => lastEvent(app, 'identity.email_change_requested')
const addressOf = async (token: string) => (await client.get('/users/me', token)).body.email

test('the new address is used only after it was confirmed from there; then the old one is worth nothing', async () => {
  const { email, token } = await person()
  const next = client.newEmail()
  expect((await ask(token, next.toUpperCase())).status).toBe(202)
  expect(await mailed()).toMatchObject({ email: next, code: expect.stringMatching(/^\d{6}$/) })
  expect(await addressOf(token)).toBe(email)
  expect((await client.login({ email: next })).status).toBe(401)
  const link = tokenOfLink((await mailed()).link)
  expect((await confirm({ token: link })).status).toBe(200)
  expect((await client.get('/users/me', token)).body).toMatchObject({ email: next, email_verified: true })
  expect((await client.login({ email })).status).toBe(401)
  expect((await client.login({ email: next })).status).toBe(200)
  expect((await confirm({ token: link })).status).toBe(400)
  expect(await auditOf(app)).toEqual(
    expect.arrayContaining(['identity.email_change_requested', 'identity.email_changed']),
  )
})

test('both addresses get a notice, in mails that a person can read (A-11)', async () => {
  const { email, token } = await person()
  const next = client.newEmail()
  await ask(token, next)
  await confirm({ token: tokenOfLink((await mailed()).link) })
  const told = (await eventsOf(app, 'identity.email_changed')).slice(-2).map((event) => event.email)
  expect(told).toEqual([email, next])
  const send = {
    db: app.db,
    pool: app.pool,
    log: app.log,
    listeners: listeners(app),
    broadcast: async () => undefined,
  }
  while ((await deliverBatch(send)) > 0);
  const mails = await app.db
    .selectFrom('notifications.mails')
    .select(['to_address', 'body_text'])
    .where('template', '=', 'email_changed')
    .where('to_address', 'in', [email, next])
    .execute()
  expect(mails.map((mail) => mail.to_address).sort()).toEqual([email, next].sort())
  for (const mail of mails) expect(mail.body_text).toContain(next)
})

test('the other sessions end, the one that asked goes on', async () => {
  const { email, token } = await person()
  const other = String((await client.login({ email })).body.access_token)
  await ask(token, client.newEmail())
  expect((await confirm({ code: (await mailed()).code }, token)).status).toBe(200)
  expect((await client.get('/users/me', other)).status).toBe(401)
  expect((await client.get('/users/me', token)).status).toBe(200)
})

test('a reset link that went to the old address stops working with the change', async () => {
  const { email, token } = await person()
  await client.post('/auth/password/forgot', { email })
  const reset = tokenOfLink((await lastEvent(app, 'identity.password_reset_requested')).link)
  await ask(token, client.newEmail())
  await confirm({ code: (await mailed()).code }, token)
  const refused = await client.post('/auth/password/reset', { token: reset, password: 'seven blue bicycles' })
  expect(refused.status).toBe(400)
})

test('asking needs a sign-in of the last 15 minutes (A-11)', async () => {
  const { email, token } = await person()
  app.clock.advance(16 * MINUTE_MS)
  const refused = await ask(token, client.newEmail())
  expect(refused.status).toBe(401)
  expect(refused.body.code).toBe('reauth_required')
  expect(await addressOf(token)).toBe(email)
  expect((await client.post('/auth/email/change', { email: client.newEmail() })).status).toBe(401)
})

test('a taken address answers as a free one; its owner gets a mail and nothing can be confirmed', async () => {
  const [{ token, email }, owner] = [await person(), await app.given.user()]
  const free = await ask(token, client.newEmail())
  const before = (await eventsOf(app, 'identity.email_change_requested')).length
  const taken = await ask(token, owner.email)
  expect([taken.status, taken.body]).toEqual([free.status, free.body])
  expect((await eventsOf(app, 'identity.email_change_requested')).length).toBe(before)
  expect(await lastEvent(app, 'identity.address_taken')).toMatchObject({ email: owner.email })
  expect(await addressOf(token)).toBe(email)
  // What the caller reads afterwards does not tell a taken address from a free one either.
  expect((await client.get('/auth/account', token)).body.pending_email).toBe(owner.email)
  for (const code of ['000000', '999999'])
    expect((await confirm({ code }, token)).body.code).toBe('bad_request')
  expect(await addressOf(token)).toBe(email)
})

test('an account reads which address waits for confirmation, until it was confirmed or the mail is too old', async () => {
  const { email, token } = await person()
  const next = client.newEmail()
  const account = async () => (await client.get('/auth/account', token)).body
  const waiting = { email, email_verified: false, pending_email: next, has_password: true, providers: [] }
  expect(await account()).toEqual({ ...waiting, pending_email: null })
  await ask(token, next)
  expect(await account()).toEqual(waiting)
  app.clock.advance(31 * MINUTE_MS)
  const late = String((await client.login({ email })).body.access_token)
  expect((await client.get('/auth/account', late)).body).toEqual({ ...waiting, pending_email: null })
  await ask(late, next)
  await confirm({ token: tokenOfLink((await mailed()).link) })
  expect((await client.get('/auth/account', late)).body).toEqual({
    ...waiting,
    email: next,
    email_verified: true,
    pending_email: null,
  })
})

test('an address that somebody took in the meantime is 409 and changes nothing', async () => {
  const { token, email } = await person()
  const next = client.newEmail()
  await ask(token, next)
  const link = tokenOfLink((await mailed()).link)
  await app.given.user({ email: next })
  const refused = await confirm({ token: link })
  expect(refused.status).toBe(409)
  expect(refused.body.code).toBe('already_exists')
  expect(await addressOf(token)).toBe(email)
})

test('five wrong codes and the right one is worth nothing; a code of somebody else never is', async () => {
  const { token, email } = await person()
  const stranger = await person()
  await ask(token, client.newEmail())
  const { code, link } = await mailed()
  expect((await confirm({ code }, stranger.token)).status).toBe(400)
  expect((await confirm({ code })).status).toBe(401)
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const guesses = []
  for (let i = 0; i < 5; i += 1) guesses.push((await confirm({ code: wrong }, token)).status)
  expect(guesses).toEqual([400, 400, 400, 400, 400])
  expect((await confirm({ code }, token)).status).toBe(429)
  expect(await addressOf(token)).toBe(email)
  // The link was mailed and is not guessed.
  expect((await confirm({ token: tokenOfLink(link) })).status).toBe(200)
})

test('a code expires after 30 minutes, the present address is refused, and a newer request replaces the older', async () => {
  const { token, email } = await person()
  expect((await ask(token, email)).status).toBe(409)
  await ask(token, client.newEmail())
  const older = tokenOfLink((await mailed()).link)
  await ask(token, client.newEmail())
  const newer = tokenOfLink((await mailed()).link)
  expect((await confirm({ token: older })).status).toBe(400)
  app.clock.advance(31 * MINUTE_MS)
  expect((await confirm({ token: newer })).status).toBe(400)
  expect((await confirm({})).status).toBe(400)
  expect((await confirm({ token: newer, code: '123456' })).status).toBe(400)
})

test('the code of a verification does not confirm a change, nor the other way round', async () => {
  const { token } = await person()
  const verification = await lastEvent(app, 'identity.verification_requested')
  await ask(token, client.newEmail())
  const change = await mailed()
  expect((await confirm({ token: tokenOfLink(verification.link) })).status).toBe(400)
  expect((await client.post('/auth/email/verify', { token: tokenOfLink(change.link) })).status).toBe(400)
})
