import { setTimeout as pause } from 'node:timers/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { DESKTOP, expectNoTroubles, openBrowserOf, type Person, PHONE, pacer, signIn } from './person.ts'
import type { DemoAccount } from './platform.ts'

const platform = inject('platform')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const PAGES: Record<'guest' | DemoAccount['role'], string[]> = {
  guest: [
    '/',
    '/catalog',
    '/catalog?query=zzzz',
    '/products/1',
    '/sign-in',
    '/sign-up',
    '/forgot-password',
    '/confirm-email',
    '/nowhere',
  ],
  buyer: ['/account', '/account/security', '/history', '/create', '/products/1/try-on'],
  shop: [
    '/shop',
    '/shop/products',
    '/shop/products/new',
    '/shop/profile',
    '/shop/transactions',
    '/shop/security',
    '/shop/journal',
  ],
  admin: [
    '/admin',
    '/admin/moderation',
    '/admin/shops',
    '/admin/shops?state=all',
    '/admin/users',
    '/admin/users?query=zzzz',
    '/admin/users/1',
    '/admin/audit',
    '/admin/settings',
    '/admin/approvals',
    '/admin/security',
  ],
}
const LOOKS = [
  { name: 'phone, light', viewport: PHONE, dark: false },
  { name: 'desktop, dark', viewport: DESKTOP, dark: true },
]

const QUIET_MS = 400

/** Resolves when nothing has been asked of the server for a while. */
function quietnessOf({ page }: Person): () => Promise<void> {
  let under_way = 0
  let since = Date.now()
  const note = (change: 1 | -1) => () => {
    under_way += change
    since = Date.now()
  }
  page.on('request', note(1))
  page.on('requestfinished', note(-1))
  page.on('requestfailed', note(-1))
  return async () => {
    since = Date.now()
    while (under_way > 0 || Date.now() - since < QUIET_MS) await pause(50)
  }
}

/** As a link inside the site does: a load of the whole page asks for ten things anew, and an account has 60 a minute. */
async function goTo({ page }: Person, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}

/** WCAG 2.2 AA, as far as a program can see it; and the page is not wider than its screen. */
async function inspect({ page }: Person, path: string): Promise<string[]> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const found = violations.map(
    ({ id, nodes }) => `${path}: ${id} ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  )
  return wide > 0 ? [...found, `${path}: ${wide} px wider than the screen`] : found
}

describe.each(LOOKS)('$name', (look) => {
  test.each(Object.entries(PAGES))('every page of the %s is accessible and quiet', async (role, pages) => {
    const person = await openBrowserOf(browser, platform, look)
    const takeTime = pacer(person)
    if (role === 'buyer' || role === 'shop' || role === 'admin') await signIn(person, platform, role)
    const findings: string[] = []
    const quiet = quietnessOf(person)
    await person.page.goto(pages[0] ?? '/')
    for (const path of pages) {
      await takeTime()
      await goTo(person, path)
      await quiet()
      findings.push(...(await inspect(person, path)))
    }
    expect(findings).toEqual([])
    expectNoTroubles([person])
    await person.context.close()
  })
})

test('the first page of the storefront loads less than 200 kB of compressed script', async () => {
  const person = await openBrowserOf(browser, platform, { viewport: PHONE })
  let bytes = 0
  person.page.on('response', async (response) => {
    if (response.request().resourceType() !== 'script') return
    const { responseBodySize } = await response.request().sizes()
    bytes += responseBodySize
  })
  await person.page.goto('/')
  await person.page.waitForLoadState('networkidle')
  expect(bytes).toBeGreaterThan(20_000)
  expect(bytes).toBeLessThan(200_000)
})

test('when the next page of a list fails, the rows stay, the reason is shown, and the next try works', async () => {
  const { page, context } = await openBrowserOf(browser, platform, { viewport: PHONE })
  const more = page.getByRole('button', { name: 'Показать ещё' })
  const alert = page.getByRole('main').getByRole('alert')
  const rows = page.getByRole('list', { name: 'Мои товары' }).getByRole('listitem')
  await signIn({ page, context, troubles: [] }, platform, 'shop')
  await page.goto('/shop/products')
  await more.waitFor()
  expect(await rows.count()).toBe(24)

  await page.route(/[?&]skip=24/, (route) => route.abort())
  await more.click()
  await alert.waitFor()
  expect(await rows.count()).toBe(24)

  await page.unroute(/[?&]skip=24/)
  await more.click()
  await alert.waitFor({ state: 'detached' })
  await rows.nth(24).waitFor()
  await context.close()
})
