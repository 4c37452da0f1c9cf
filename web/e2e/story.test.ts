import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { codeFromMail, expectNoTroubles, mailsTo, openBrowserOf, PHONE, signIn } from './person.ts'
import { demoAccount } from './platform.ts'

const PHOTO = fileURLToPath(new URL('../../server/seeds/people/aida-front-tshirt.jpg', import.meta.url))
const PICTURES = ['futbolka-oversize-terrakota-1.webp', 'futbolka-oversize-terrakota-2.webp'].map((name) =>
  fileURLToPath(new URL(`../../server/seeds/pictures/${name}`, import.meta.url)),
)
const CARD = 'Футболка терракотовая, новая партия'

const platform = inject('platform')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
})

test('a shop puts up a card with two pictures; it waits for the moderator', async () => {
  const shop = await openBrowserOf(browser, platform)
  const { page } = shop
  await signIn(shop, platform, 'shop')
  await page.goto('/shop/products/new')
  await page.locator('input[type=file]').first().setInputFiles(PICTURES)
  await page.getByLabel('Название', { exact: true }).fill(CARD)
  await page.getByLabel('Описание').fill('Плотный хлопок, свободный крой.')
  await page.getByLabel(/^Цена/).fill('24,90')
  await page.getByText('2 из 10').waitFor()
  const submit = page.getByRole('button', { name: 'Отправить на проверку' })
  await submit.click()
  await page.waitForURL(/\/shop\/products\/\d+$/)
  await page.getByText('На проверке').first().waitFor()
  const found = await fetch(`${platform.url}/api/v1/products/search?query=${encodeURIComponent(CARD)}`)
  expect(await found.json()).toMatchObject({ total: 0 })
  expectNoTroubles([shop])
})

test('an admin, with the second factor, approves it; the shop is told by mail and the public sees it', async () => {
  const admin = await openBrowserOf(browser, platform)
  const { page } = admin
  await signIn(admin, platform, 'admin')
  await page.goto('/admin/moderation')
  await page
    .getByRole('link', { name: new RegExp(CARD) })
    .or(page.getByRole('option', { name: new RegExp(CARD) }))
    .first()
    .click()
  await page.getByRole('heading', { name: CARD }).waitFor()
  await page.getByRole('button', { name: 'Одобрить' }).click()
  await expect
    .poll(async () => {
      const found = await fetch(`${platform.url}/api/v1/products/search?query=${encodeURIComponent(CARD)}`)
      return (await found.json()).total
    })
    .toBe(1)
  const { email } = demoAccount(platform, 'shop')
  const mailbox = () => mailsTo(platform, email)
  // The mail is written by a worker, after the answer.
  await expect.poll(mailbox, { timeout: 20_000 }).toContain(`Товар одобрен: ${CARD}`)
  expectNoTroubles([admin])
})

test('a new person signs up on a phone, tries it on and sees the result arrive', async () => {
  const person = await openBrowserOf(browser, platform, { viewport: PHONE })
  const { page } = person
  const email = 'aigerim@example.com'
  await page.goto('/sign-up')
  await page.getByLabel('Имя').fill('Айгерим')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill('синий кит любит утренний чай')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Создать аккаунт' }).click()
  await page.waitForURL('**/verify-email**')
  await page.getByLabel('Код из письма').fill(await codeFromMail(platform, email))
  await page.getByText('Почта подтверждена').first().waitFor()

  await page.goto(`/catalog?query=${encodeURIComponent(CARD)}`)
  await page
    .getByRole('link', { name: new RegExp(CARD) })
    .first()
    .click()
  await page.getByRole('link', { name: 'Примерить на себе' }).click()
  await page.locator('input[type=file]').first().setInputFiles(PHOTO)
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Примерить', exact: true }).click()
  await page.waitForURL('**/looks/*')
  await page.getByText('Вот как это сидит').waitFor({ timeout: 90_000 })

  const slider = page.getByRole('slider', { name: 'Сравнить «до» и «после»' })
  const before = await slider.inputValue()
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  expect(await slider.inputValue()).not.toBe(before)
  await page.getByText('Создано ИИ').first().waitFor()
  const download = page.waitForEvent('download')
  await page
    .getByRole('link', { name: 'Скачать' })
    .or(page.getByRole('button', { name: 'Скачать' }))
    .click()
  const file = readFileSync(await (await download).path())
  expect(file.includes('compositeWithTrainedAlgorithmicMedia')).toBe(true)

  await page.goto('/history')
  await page
    .getByRole('link', { name: /Примерка/ })
    .first()
    .waitFor()
  expectNoTroubles([person])
})
