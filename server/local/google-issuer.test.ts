import type { Server } from 'node:http'
import * as client from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIssuer } from './google-issuer.ts'
import { freePort } from './postgres-server.ts'

const REDIRECT = 'http://localhost:1/api/v1/auth/google/callback'
const SLOW_MS = 400

let server: Server
let issuer: string

beforeAll(async () => {
  const port = await freePort()
  issuer = `http://localhost:${port}`
  server = createIssuer({
    issuer,
    client_id: 'leema-site',
    client_secret: 'a-secret-of-this-test',
    redirect_uri: REDIRECT,
    extra_audiences: ['leema-ios'],
    slow_ms: SLOW_MS,
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
})

afterAll(() => server.close())

test('code flow with PKCE, nonce and userinfo tells the server who signed in', async () => {
  const visit = await beginVisit()
  const tokens = await visit.finish(
    await visit.submit({ email: 'Dana@Example.com', name: 'Dana Tulegenova' }),
  )
  expect(tokens.claims()).toMatchObject({
    iss: issuer,
    aud: 'leema-site',
    nonce: visit.nonce,
    email: 'dana@example.com',
    email_verified: true,
    name: 'Dana Tulegenova',
    given_name: 'Dana',
    family_name: 'Tulegenova',
  })
  const subject = tokens.claims()?.sub ?? ''
  const about = await client.fetchUserInfo(visit.config, tokens.access_token, subject)
  expect(about).toMatchObject({ sub: subject, email: 'dana@example.com', name: 'Dana Tulegenova' })
})

test('the same address is the same Google account the next time, another is another', async () => {
  const subjects: (string | undefined)[] = []
  for (const email of ['same@example.com', 'same@example.com', 'other@example.com']) {
    const visit = await beginVisit()
    subjects.push((await visit.finish(await visit.submit({ email }))).claims()?.sub)
  }
  expect(subjects[0]).toMatch(/^\d{21}$/)
  expect(subjects[1]).toBe(subjects[0])
  expect(subjects[2]).not.toBe(subjects[0])
})

test('an address that starts with "unverified" comes as not verified', async () => {
  const visit = await beginVisit()
  const tokens = await visit.finish(await visit.submit({ email: 'unverified.person@example.com' }))
  expect(tokens.claims()?.email_verified).toBe(false)
})

test('one click on an offered account is enough', async () => {
  const visit = await beginVisit()
  const tokens = await visit.finish(await visit.submit({ choice: '0' }))
  expect(tokens.claims()).toMatchObject({ email: 'aida.omarova@example.com', name: 'Аида Омарова' })
})

test('fail:server_error and Cancel come back to the site as errors of the protocol', async () => {
  const failing = await beginVisit()
  await expect(
    failing.finish(await failing.submit({ email: 'fail:server_error@example.com' })),
  ).rejects.toMatchObject({
    error: 'server_error',
  })
  const cancelled = await beginVisit()
  await expect(cancelled.finish(await cancelled.submit({ cancel: '1' }))).rejects.toMatchObject({
    error: 'access_denied',
  })
})

test('fail:slow answers the exchange of the code late', async () => {
  const visit = await beginVisit()
  const back = await visit.submit({ email: 'fail:slow@example.com' })
  const started = performance.now()
  await visit.finish(back)
  expect(performance.now() - started).toBeGreaterThanOrEqual(SLOW_MS - 5)
})

test('a typing error is shown on the page in the language of the browser, and nobody is signed in', async () => {
  const visit = await beginVisit()
  const response = await visit.post({ email: 'not an address' }, { 'accept-language': 'kk' })
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('Мекенжайды name@example.com түрінде енгізіңіз.')
})

test('what was typed is shown as text, never as markup', async () => {
  const visit = await beginVisit()
  const response = await visit.post({ email: '"><script>alert(1)</script>' })
  const html = await response.text()
  expect(html).toContain('&quot;&gt;&lt;script&gt;')
  expect(html).not.toContain('<script>')
})

test('a code is worth nothing without the verifier, the client secret or the right redirect address', async () => {
  const wrong = [
    { code_verifier: client.randomPKCECodeVerifier() },
    { client_secret: 'guessed' },
    { redirect_uri: 'http://localhost:1/elsewhere' },
    {},
  ]
  const statuses: number[] = []
  for (const change of wrong) {
    const visit = await beginVisit()
    const code = new URL(await visit.submit({ email: 'thief@example.com' })).searchParams.get('code') ?? ''
    const fields = {
      grant_type: 'authorization_code',
      code,
      client_id: 'leema-site',
      client_secret: 'a-secret-of-this-test',
      redirect_uri: REDIRECT,
      code_verifier: visit.code_verifier,
      ...change,
    }
    const response = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(fields) })
    statuses.push(response.status)
  }
  expect(statuses).toEqual([400, 401, 400, 200])
})

test('an unknown redirect address is refused on the page itself, without sending anybody there', async () => {
  const query = new URLSearchParams({
    client_id: 'leema-site',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: 'http://evil.example/',
  })
  const response = await fetch(`${issuer}/auth?${query}`, { redirect: 'manual' })
  expect(response.status).toBe(400)
  expect(response.headers.get('location')).toBeNull()
})

test('the phone app gets tokens under its own audience', async () => {
  const visit = await beginVisit('leema-ios')
  const tokens = await visit.finish(await visit.submit({ email: 'phone@example.com' }))
  expect(tokens.claims()?.aud).toBe('leema-ios')
})

/** What a browser and the site do together: follow the redirects with cookies, fill the form, exchange the code. */
async function beginVisit(client_id = 'leema-site') {
  const is_public = client_id !== 'leema-site'
  const config = await client.discovery(
    new URL(issuer),
    client_id,
    undefined,
    is_public ? client.None() : client.ClientSecretPost('a-secret-of-this-test'),
    { execute: [client.allowInsecureRequests] },
  )
  const code_verifier = client.randomPKCECodeVerifier()
  const nonce = client.randomNonce()
  const state = client.randomState()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT,
    scope: 'openid email profile',
    prompt: 'consent select_account',
    access_type: 'offline',
    code_challenge: await client.calculatePKCECodeChallenge(code_verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
  })
  const browser = newBrowser()
  const form = await browser.follow(url.href)
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    browser.request(form.url, { method: 'POST', body: new URLSearchParams(fields), headers })
  return {
    config,
    code_verifier,
    nonce,
    post,
    /** Returns the address of the site that the issuer sends the person back to. */
    submit: async (fields: Record<string, string>) => {
      const response = await post(fields)
      const end = await browser.follow(new URL(response.headers.get('location') ?? '', issuer).href)
      return end.url
    },
    finish: (back: string) =>
      client.authorizationCodeGrant(config, new URL(back), {
        pkceCodeVerifier: code_verifier,
        expectedNonce: nonce,
        expectedState: state,
      }),
  }
}

function newBrowser() {
  const cookies = new Map<string, string>()
  const request = async (url: string, init: RequestInit & { headers?: Record<string, string> } = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return response
  }
  const follow = async (start: string) => {
    let url = start
    for (let hops = 0; hops < 10 && !url.startsWith('http://localhost:1/'); hops++) {
      const response = await request(url)
      const location = response.headers.get('location')
      if (!location) return { url, response }
      url = new URL(location, url).href
    }
    return { url }
  }
  return { request, follow }
}
