import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type JsonSchema, nameOf, operationsOf } from './world.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.stop())

/** What nobody may give himself, under every name that the tables or the answers have for it. */
const STOLEN: Record<string, unknown> = {
  id: 1,
  user_id: 1,
  account_id: 1,
  role: 'admin',
  balance: 1_000_000,
  balance_cents: 1,
  free_credits: 99,
  free_try_ons_left: 99,
  free_generations_left: 99,
  email: 'other@example.com',
  email_verified: true,
  email_verified_at: '2026-01-01T00:00:00Z',
  two_factor_enabled: true,
  is_approved: true,
  is_blocked: false,
  blocked_at: null,
  rejection_reason: null,
  created_at: '2026-01-01T00:00:00Z',
  constructor: {},
}

const put = (path: string, payload: object, token: string) =>
  app.http.inject({
    method: 'PUT',
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
    payload,
  })
const read = async (path: string, token: string) =>
  (
    await app.http.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${token}` } })
  ).json<object>()

test.each(Object.entries(STOLEN))(
  'a user who sends %s with his name is refused, and nothing of him changes (Z-03)',
  async (field, value) => {
    const user = await app.given.user()
    const before = await read('/users/me', user.token)
    const response = await put('/users/me', { name: 'Mallory', [field]: value }, user.token)
    expect([response.statusCode, response.json().code]).toEqual([422, 'validation_failed'])
    expect(await read('/users/me', user.token)).toEqual(before)
  },
)

test.each(Object.entries(STOLEN))(
  'a shop that sends %s with its address is refused, and nothing of it changes (Z-03)',
  async (field, value) => {
    const shop = await app.given.shop({ approved: false })
    const before = await read('/shops/me', shop.token)
    const response = await put('/shops/me', { address: 'Abai 1', [field]: value }, shop.token)
    expect([response.statusCode, response.json().code]).toEqual([422, 'validation_failed'])
    expect(await read('/shops/me', shop.token)).toEqual(before)
  },
)

test('signing up with a role, a balance or a verified address makes nobody (Z-03)', async () => {
  const count = async () => (await app.db.selectFrom('identity.accounts').select('id').execute()).length
  const before = await count()
  for (const [field, value] of Object.entries({ role: 'admin', balance: 5, email_verified: true })) {
    const payload = {
      email: 'mallory@example.com',
      password: 'five red umbrellas',
      name: 'Mallory',
      account_type: 'user',
      platform: 'web',
      consents: [],
      [field]: value,
    }
    const { statusCode } = await app.http.inject({ method: 'POST', url: '/api/v1/auth/register', payload })
    expect(statusCode, field).toBe(422)
  }
  expect(await count()).toBe(before)
})

/** The provider decides what these hold; only known fields of them are read. */
const OPEN_ON_PURPOSE = ['POST /api/v1/auth/apple/callback', 'POST /api/v1/payments/paypal/webhook']

test('no JSON body of the document takes a field that it does not name (Z-03)', () => {
  const open = operationsOf(app).flatMap((operation) => {
    const schema = operation.about.requestBody?.content?.['application/json']?.schema
    return schema && isOpen(schema) ? [nameOf(operation)] : []
  })
  expect(open.filter((name) => !OPEN_ON_PURPOSE.includes(name))).toEqual([])
})

function isOpen(schema: JsonSchema): boolean {
  if (Array.isArray(schema.anyOf)) return schema.anyOf.some(isOpen)
  return schema.type === 'object' && schema.additionalProperties !== false
}
