import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { codeFromMail, expectNoTroubles, openBrowserOf, PHONE } from './person.ts'
import { type Platform, startPlatform } from './platform.ts'

const PHOTO = fileURLToPath(new URL('../../server/seeds/people/aida-front-tshirt.jpg', import.meta.url))
let platform: Platform
let browser: Browser

beforeAll(async () => {
  platform = await startPlatform()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await platform?.stop()
  platform?.remove()
})

test('a new person signs up on a phone, tries a garment on and sees the result arrive', async () => {
  const person = await openBrowserOf(browser, platform, PHONE)
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

  await page.goto('/catalog?query=хлопка')
  await page
    .getByRole('link', { name: /Футболка из плотного хлопка/ })
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
