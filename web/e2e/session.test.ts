import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { openBrowserOf, type Person, signIn } from './person.ts'

const JWT = /eyJ[\w-]+\.[\w-]+/
const platform = inject('platform')
let browser: Browser
let stranger: Server
let strange_url: string

beforeAll(async () => {
  browser = await launchChromium()
  stranger = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Somebody else</title>')
  }).listen(0, 'localhost')
  await once(stranger, 'listening')
  // Another port is another origin, but the same site: here the browser does send the cookies along.
  strange_url = `http://localhost:${(stranger.address() as AddressInfo).port}/` // a server on a port has no other kind of address
})
afterAll(async () => {
  await browser?.close()
  stranger?.close()
})

/** A buyer with two tabs on the own account. */
async function withTwoTabs(): Promise<Person & { second: Page }> {
  const person = await openBrowserOf(browser, platform)
  await signIn(person, platform, 'buyer')
  const second = await person.context.newPage()
  await Promise.all([openAccount(person.page), openAccount(second)])
  return { ...person, second }
}

async function openAccount(page: Page): Promise<void> {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Выйти', exact: true }).waitFor()
}

test('signed in, no script can read a token: the cookies are HttpOnly, and nothing else has one (W-03)', async () => {
  const person = await openBrowserOf(browser, platform)
  const { page, context } = person
  const sent: string[] = []
  page.on('request', async (request) => sent.push(request.url(), JSON.stringify(request.headers())))
  await page.goto('/')
  await page.evaluate(() =>
    localStorage.setItem('leema.session', '{"refresh_token":"of an earlier release"}'),
  )
  await signIn(person, platform, 'buyer')
  await openAccount(page)

  const readable = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(readable).not.toMatch(JWT)
  expect(readable).not.toContain('earlier release')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const cookies = await context.cookies()
  // Over plain http on this machine; over https they are `__Host-` and Secure (see the server's tests).
  expect(cookies.map(({ name }) => name).toSorted()).toEqual(['leema_access', 'leema_session'])
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' })
    expect(cookie.value).toMatch(JWT)
  }
  expect(sent.length).toBeGreaterThan(20)
  expect(sent.filter((text) => JWT.test(text) || /authorization/i.test(text))).toEqual([])
  await context.close()
})

test('two tabs stay signed in across a renewal, which happens once, and both can still change things', async () => {
  const { page, second, context } = await withTwoTabs()
  const refreshes: number[] = []
  context.on('response', (response) => {
    if (response.url().endsWith('/auth/refresh')) refreshes.push(response.status())
  })
  const values = async () => (await context.cookies()).map(({ value }) => value)

  // Both wake up when it is time to renew.
  const before = await values()
  await page.evaluate(() => {
    const mark = JSON.parse(localStorage.getItem('leema.signed-in') ?? '')
    localStorage.setItem('leema.signed-in', JSON.stringify({ ...mark, fresh_until_ms: 0 }))
  })
  await Promise.all([openAccount(page), openAccount(second)])
  expect(refreshes).toEqual([200])
  const after = await values()
  expect(after.filter((value) => before.includes(value))).toEqual([])

  // The access cookie has died earlier than the pages thought.
  await context.clearCookies({ name: 'leema_access' })
  await Promise.all([rename(page, 'Алия'), openAccount(second)])
  expect(refreshes).toEqual([200, 200])
  await second.reload()
  await second.getByRole('heading', { level: 1, name: 'Алия' }).waitFor()
  await rename(second, 'Айдана')
  await context.close()
})

async function rename(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Изменить имя' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

test('signing out in one tab signs the other out at once, takes the cookies away and ends the session', async () => {
  const { page, second, context } = await withTwoTabs()
  const kept = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await page.getByRole('button', { name: 'Выйти', exact: true }).click()
  await second.getByRole('button', { name: 'Выйти', exact: true }).waitFor({ state: 'detached' })
  await expect.poll(async () => (await context.cookies()).length).toBe(0)
  const replayed = await fetch(`${platform.url}/api/v1/users/me`, { headers: { cookie: kept } })
  expect(replayed.status).toBe(401)
  await context.close()
})

test('a stranger’s page, to which the browser adds our cookies, changes nothing (W-04)', async () => {
  const { page, second, context } = await withTwoTabs()
  const name = await second.getByRole('heading', { level: 1 }).textContent()
  await page.goto(strange_url)
  // Without the cookies it would be 401.
  const answers: number[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('/auth/logout-all')) answers.push(response.status())
  })
  const api = `${platform.url}/api/v1`
  // What a page may send without asking first, as text and as a form; and what it must ask for.
  await page.evaluate(
    (url) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }),
    `${api}/auth/logout-all`,
  )
  const renaming = page.evaluate(
    (url) =>
      fetch(url, {
        method: 'PUT',
        credentials: 'include',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"Stranger"}',
      }),
    `${api}/users/me`,
  )
  await expect(renaming).rejects.toThrow('Failed to fetch')
  await page.setContent(`<form method="post" action="${api}/auth/logout-all"><button>x</button></form>`)
  await page.getByRole('button').click()
  await page.waitForURL(`${api}/auth/logout-all`)
  expect(answers).toEqual([403, 403])
  await openAccount(second)
  expect(await second.getByRole('heading', { level: 1 }).textContent()).toBe(name)
  await context.close()
})

test('a shop goes on as a buyer and back again without a new sign-in, in one session at a time', async () => {
  const person = await openBrowserOf(browser, platform)
  const { page, context } = person
  await signIn(person, platform, 'shop')
  await page.goto('/history')
  await page.getByRole('button', { name: 'Продолжить как покупатель' }).click()
  await page.getByRole('heading', { level: 1, name: 'Образы' }).waitFor()

  await page.goto('/shop')
  await page.getByRole('button', { name: 'Перейти в мой магазин' }).click()
  await page.getByRole('link', { name: 'Добавить товар' }).first().waitFor()
  await page.goto('/shop/security')
  await page.getByText('Это устройство').waitFor()
  expect(await page.getByText('Это устройство').count()).toBe(1)
  expect(person.troubles).toEqual([])
  await context.close()
})
