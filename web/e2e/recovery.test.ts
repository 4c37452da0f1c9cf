import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAccount, type Platform, startPlatform } from './platform.ts'

/** Well below the 60 reads a minute that one account has. */
const POLL_MS = 2_000

let platform: Platform

beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(async () => {
  await platform?.stop()
  platform?.assertQuietLogs()
  platform?.remove()
})

/** One call of the API as a client makes it. */
async function call(method: string, path: string, token?: string, body?: unknown) {
  const response = await fetch(`${platform.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

async function signedInBuyer(): Promise<string> {
  const { email, password } = demoAccount(platform, 'buyer')
  const { body } = await call('POST', '/auth/login', undefined, {
    email,
    password,
    account_type: 'user',
    platform: 'mobile',
  })
  return body.access_token
}

/** Every process of the platform but the database, at once and without warning. */
async function killEverything(): Promise<void> {
  const { marks }: { marks: { pid: number }[] } = JSON.parse(
    readFileSync(join(platform.data_folder, 'processes.json'), 'utf8'),
  )
  await platform.kill()
  for (const { pid } of marks) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It was already gone.
    }
  }
}

test('kill -9 of everything in the middle of a try-on: after the next start it finishes and is charged once', async () => {
  const token = await signedInBuyer()
  const { body: people } = await call('GET', '/studio/sample-people', token)
  const { body: found } = await call(
    'GET',
    `/products/search?query=${encodeURIComponent('Футболка из плотного хлопка')}&limit=1`,
  )
  const accepted = await call('POST', '/generations/try-on', token, {
    product_id: found.products[0].id,
    user_image_url: people[0].url,
  })
  expect(accepted.status).toBe(202)
  const path = `/generations/${accepted.body.id}`
  while ((await call('GET', path, token)).body.status === 'queued') await pause(1_000)
  expect((await call('GET', path, token)).body.status).toBe('processing')

  await killEverything()
  await platform.startAgain()
  const again = await signedInBuyer()
  const until = Date.now() + 60_000
  let row = await call('GET', path, again)
  while (['queued', 'processing'].includes(row.body.status) && Date.now() < until) {
    await pause(POLL_MS)
    row = await call('GET', path, again)
  }
  expect(row.body).toMatchObject({ status: 'succeeded', cost: 0, error: null })
  const { body: balance } = await call('GET', '/users/me/balance', again)
  expect(balance).toEqual({ balance: 250, free_generations_left: 3, free_try_ons_left: 4 })
  expect((await call('GET', '/users/me/history', again)).body).toHaveLength(1)
})
