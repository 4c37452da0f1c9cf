import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { expectNoTroubles, openBrowserOf } from './person.ts'

const EMAIL = 'dana.apple@example.com'
const platform = inject('platform')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** Presses the button of the site and fills Apple's page in. */
async function atApple(page: Page, person: { email: string; name?: string } | 'cancel'): Promise<void> {
  await page.getByRole('button', { name: 'Продолжить с Apple' }).click()
  await page.getByRole('heading', { name: 'Вход через Apple' }).waitFor()
  if (person === 'cancel') return page.getByRole('button', { name: 'Отмена' }).click()
  await page.getByLabel('Электронная почта').fill(person.email)
  await page.getByLabel('Имя').fill(person.name ?? '')
  await page.getByRole('button', { name: 'Войти' }).click()
}

test('a new person signs up with Apple under the name that Apple tells once, and comes back to where it began', async () => {
  const person = await openBrowserOf(browser, platform)
  const { page, context } = person
  await page.goto('/sign-up?next=%2Faccount')
  await atApple(page, { email: EMAIL, name: 'Дана Омарова' })
  await page.waitForURL('**/account')
  await page.getByRole('heading', { level: 1, name: 'Дана Омарова' }).waitFor()
  await page.getByText(EMAIL, { exact: true }).waitFor()

  // The second time Apple tells no name.
  await page.getByRole('button', { name: 'Выйти', exact: true }).click()
  await expect.poll(async () => (await context.cookies()).map(({ name }) => name)).toEqual(['leema-oauth'])
  await page.goto('/sign-in?next=%2Faccount')
  await atApple(page, { email: EMAIL })
  await page.waitForURL('**/account')
  await page.getByRole('heading', { level: 1, name: 'Дана Омарова' }).waitFor()
  expectNoTroubles([person])
  await context.close()
})

test('a shop signs up with Apple and lands in its panel', async () => {
  const person = await openBrowserOf(browser, platform)
  const { page, context } = person
  await page.goto('/sign-up')
  await page.getByRole('radio', { name: 'Магазин' }).click()
  await atApple(page, { email: 'erlan.apple@example.com', name: 'Ерлан Сәрсен' })
  await page.waitForURL('**/shop')
  await page.getByText("Ерлан Сәрсен's Shop").first().waitFor()
  expectNoTroubles([person])
  await context.close()
})

test('who cancels at Apple, or is refused there, reads why and can try again', async () => {
  const { page, context } = await openBrowserOf(browser, platform)
  await page.goto('/sign-in?next=%2Fhistory')
  await atApple(page, 'cancel')
  await page.getByRole('heading', { level: 1, name: 'Вход через Apple не завершён' }).waitFor()
  await page.getByText('Вы отменили вход').waitFor()

  await page.getByRole('link', { name: 'Попробовать ещё раз' }).click()
  await page.waitForURL('**/sign-in?next=%2Fhistory')
  await atApple(page, { email: 'fail:access@example.com' })
  await page.getByText('Apple не подтвердил вход').waitFor()

  // Apple has let the person in, but does not stand by its code.
  await page.getByRole('link', { name: 'Попробовать ещё раз' }).click()
  await atApple(page, { email: 'fail:grant@example.com' })
  await page.getByRole('heading', { level: 1, name: 'Вход через Apple не завершён' }).waitFor()
  await page.goto('/callback?provider=apple&error=state_invalid')
  await page.getByText('Этот вход устарел').waitFor()
  expect(await context.cookies().then((all) => all.map(({ name }) => name))).toEqual(['leema-oauth'])
  await context.close()
})
