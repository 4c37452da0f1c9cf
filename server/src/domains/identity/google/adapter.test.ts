import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import * as openid from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '#infra/log.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, createClient } from '../test-support.ts'
import { createGoogleSignIn } from './google-sign-in.ts'
import {
  CALLBACK,
  CLIENT,
  createGoogleClient,
  type Issuer,
  idToken,
  issuerEnvironment,
  newBrowser,
  startIssuer,
} from './google-test-support.ts'

let app: TestApp
let client: Client
let google: ReturnType<typeof createGoogleClient>
let issuer: Issuer
let stranger: Issuer

beforeAll(async () => {
  issuer = await startIssuer()
  stranger = await startIssuer()
  app = await startTestApp({ env: issuerEnvironment(issuer) })
  client = createClient(app)
  google = createGoogleClient(app, client)
})
afterAll(async () => {
  await app.stop()
  issuer.stop()
  stranger.stop()
})

const sessions = async () => (await app.db.selectFrom('identity.sessions').select('id').execute()).length

test('an ID token of one of our apps signs in; of a foreign app, a foreign issuer, unsigned or self-signed it does not (A-13)', async () => {
  const email = client.newEmail()
  const good = await idToken(email, { issuer: issuer.url, client_id: 'leema-ios' })
  expect((await google.login({ id_token: good, platform: 'mobile' })).body).toMatchObject({
    platform: 'mobile',
    user: { email, email_verified: true },
  })
  const before = await sessions()
  const claims = decodeJwt(good)
  const hostile = [
    await idToken(email, { issuer: issuer.url, client_id: 'foreign-app' }),
    await idToken(email, { issuer: stranger.url, client_id: 'leema-ios' }),
    new UnsecuredJWT(claims).encode(),
    await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(CLIENT.client_secret.padEnd(32, '0'))),
    await idToken('unverified.phone@example.com', { issuer: issuer.url, client_id: 'leema-ios' }),
    `${good.slice(0, -4)}AAAA`,
    'garbage',
  ]
  for (const id_token of hostile)
    expect((await google.login({ id_token })).body).toMatchObject({
      status: 401,
      code: 'provider_credentials_invalid',
    })
  expect(await sessions()).toBe(before)
})

test('exactly one of code and ID token is wanted', async () => {
  expect((await google.login({})).body).toMatchObject({ status: 400, code: 'bad_request' })
  expect((await google.login({ code: 'a', id_token: 'b' })).status).toBe(400)
})

test('a provider that is away or too slow is 503 and not a refusal; when it is back the next sign-in works', async () => {
  const log = createLogger({ level: 'silent' })
  const away = createGoogleSignIn({ ...CLIENT, issuer: 'http://127.0.0.1:9', audiences: [] }, CALLBACK, log)
  await expect(away.verifyIdToken('x')).rejects.toMatchObject({ status: 503, code: 'unavailable' })
  await expect(
    away.authorizationUrl({ state: 's', nonce: 'n', code_challenge: 'c', locale: 'ru' }),
  ).rejects.toMatchObject({ status: 503 })
  const hasty = createGoogleSignIn(
    { ...CLIENT, issuer: issuer.url, audiences: [CLIENT.client_id], timeout_s: 1 },
    CALLBACK,
    log,
  )
  const code_verifier = openid.randomPKCECodeVerifier()
  const url = await hasty.authorizationUrl({
    state: 's',
    nonce: 'n',
    code_challenge: await openid.calculatePKCECodeChallenge(code_verifier),
    locale: 'ru',
  })
  const back = await newBrowser().signIn(url, { email: 'fail:slow@example.com' })
  const exchange = {
    code: back.get('code') ?? '',
    state: 's',
    nonce: 'n',
    code_verifier,
    iss: back.get('iss'),
  }
  await expect(hasty.exchangeCode(exchange)).rejects.toMatchObject({ status: 503, code: 'unavailable' })
})

test('a code is refused with another nonce, verifier or issuer than the sign-in began with (A-13)', async () => {
  const adapter = createGoogleSignIn(
    { ...CLIENT, issuer: issuer.url, audiences: [] },
    CALLBACK,
    createLogger({ level: 'silent' }),
  )
  const code_verifier = openid.randomPKCECodeVerifier()
  const code_challenge = await openid.calculatePKCECodeChallenge(code_verifier)
  for (const change of [
    { nonce: 'other' },
    { code_verifier: openid.randomPKCECodeVerifier() },
    { iss: stranger.url },
  ]) {
    const back = await newBrowser().signIn(
      await adapter.authorizationUrl({ state: 's', nonce: 'n', code_challenge, locale: 'ru' }),
      { email: 'nonce@example.com' },
    )
    const exchange = {
      code: back.get('code') ?? '',
      state: 's',
      nonce: 'n',
      code_verifier,
      iss: back.get('iss'),
      ...change,
    }
    await expect(adapter.exchangeCode(exchange)).rejects.toMatchObject({
      status: 401,
      code: 'provider_credentials_invalid',
    })
  }
})

test('plain http is accepted from this machine only', () => {
  const log = createLogger({ level: 'silent' })
  const open = (url: string) => () =>
    createGoogleSignIn({ ...CLIENT, issuer: url, audiences: [] }, CALLBACK, log)
  for (const url of [
    'http://accounts.google.com',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
  ])
    expect(open(url)).toThrow('must be https')
  for (const url of [
    'https://accounts.google.com',
    'http://localhost:1',
    'http://127.0.0.1:1',
    'http://[::1]:1',
  ])
    expect(open(url)).not.toThrow()
})
