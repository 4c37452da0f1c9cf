import type { TestApp } from '#test/app.ts'
import { type Client, createClient } from '../test-support.ts'
import { type Circumstances, createAuthenticator } from './software-authenticator-test-support.ts'

export const ORIGIN = 'http://localhost:8000'
export const BASE = '/auth/2fa/passkeys'

type Json = Record<string, unknown>
export type Creation = { challenge: string; user: { id: string }; excludeCredentials: { id: string }[] }

/** The steps of adding and using passkeys as a page takes them. */
export function createPasskeyClient(app: TestApp) {
  const client: Client = createClient(app)

  async function person(account_type = 'user') {
    const email = client.newEmail()
    const { body } = await client.register({ email, account_type })
    return { email, token: String(body.access_token) }
  }

  const creation = async (token: string) =>
    (await client.post(`${BASE}/registration-options`, {}, { token })).response.json<Creation>()

  async function add(
    token: string,
    authenticator = createAuthenticator('localhost', ORIGIN),
    where: Circumstances = {},
  ) {
    const credential = authenticator.register(await creation(token), where)
    const reply = await client.post(BASE, { credential, name: 'Laptop' }, { token })
    return { ...reply, authenticator, id: (reply.body.passkey as { id?: number } | undefined)?.id }
  }

  async function withPasskey(counts = true) {
    const { email, token } = await person()
    const added = await add(token, createAuthenticator('localhost', ORIGIN, counts))
    return { email, token, ...added }
  }

  const firstStep = async (email: string) => String((await client.login({ email })).body.pre_auth_token)
  const challengeFor = async (pre_auth_token: string) =>
    (await client.post(`${BASE}/authentication-options`, { pre_auth_token })).response.json<{
      challenge: string
    }>()
  const verify = (pre_auth_token: string, credential: Json) =>
    client.post(`${BASE}/verify`, { pre_auth_token, credential })

  async function enter(
    email: string,
    authenticator: ReturnType<typeof createAuthenticator>,
    where: Circumstances = {},
  ) {
    const pre_auth_token = await firstStep(email)
    return verify(pre_auth_token, authenticator.prove(await challengeFor(pre_auth_token), where))
  }

  return { client, person, creation, add, withPasskey, firstStep, challengeFor, verify, enter }
}
