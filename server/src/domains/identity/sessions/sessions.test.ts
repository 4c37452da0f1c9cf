import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.stop())

test('smoke', async () => {
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: { email: 'Aida@Example.com', password: 'a long enough phrase', name: 'Aida', account_type: 'user', platform: 'web', consents: ['terms'] },
  })
  console.log(response.statusCode, response.body, app.logs.join(''))
  expect(response.statusCode).toBe(201)
})
