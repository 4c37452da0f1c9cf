import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { codeFromMail, mailsTo, openBrowserOf, type Person, PHONE } from './person.ts'

const PHOTO = fileURLToPath(new URL('../../server/seeds/people/aida-front-tshirt.jpg', import.meta.url))
const PASSWORD = 'синий кит любит утренний чай'

const platform = inject('platform')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
})

async function signUp({ page }: Person, email: string, kind: 'buyer' | 'shop'): Promise<void> {
  await page.goto('/sign-up')
  if (kind === 'shop') await page.getByRole('radio', { name: 'Магазин' }).click()
  await page.getByLabel(kind === 'shop' ? 'Название магазина' : 'Имя').fill('Жанар')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Создать аккаунт' }).click()
  await page.waitForURL('**/verify-email**')
  await page.getByLabel('Код из письма').fill(await codeFromMail(platform, email))
  await page.getByText('Почта подтверждена').first().waitFor()
}

/** The browser says goodbye with a session that has ended with the profile. */
const isGoodbye = (trouble: string) => trouble.includes('401')

/** What the worker does takes a moment. */
const SOON = { timeout: 20_000 }

test('a person shows a picture, gets a copy of what is kept, and is forgotten', async () => {
  const person = await openBrowserOf(browser, platform, { viewport: PHONE })
  const { page } = person
  const email = 'zhanar@example.com'
  await signUp(person, email, 'buyer')
  await page.goto('/account')

  await page.getByRole('button', { name: 'Изменить фото профиля' }).click()
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(PHOTO)
  const shown = page.getByRole('dialog').locator('img')
  await shown.waitFor()
  expect(
    await shown.evaluate(async (image: HTMLImageElement) => {
      await image.decode()
      return [image.naturalWidth, image.naturalHeight]
    }),
  ).toEqual([512, 512])
  await page.getByRole('button', { name: 'Убрать фото' }).click()
  await shown.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Скачать мои данные' }).click()
  await page.getByText('Собираем архив').waitFor()
  await expect.poll(() => mailsTo(platform, email), SOON).toContain('Копия ваших данных готова')

  await page.getByText('Политика конфиденциальности').waitFor()
  await page.getByRole('button', { name: 'Удалить аккаунт' }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: 'Удалить аккаунт' })
  expect(await confirm.isDisabled()).toBe(true)
  await dialog.getByLabel(/введите слово/).fill('удалить')
  await confirm.click()
  await page.getByText('Аккаунт удалён').waitFor()
  await page.waitForURL((url) => url.pathname === '/')
  await expect.poll(() => mailsTo(platform, email), SOON).toContain('Ваш аккаунт удалён')
  await expect.poll(() => mailsTo(platform, email), SOON).not.toContain('Копия ваших данных готова')

  await page.goto('/sign-in')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page
    .getByText(/не подходят|не совпадают|Неверн/i)
    .first()
    .waitFor()
  expect(person.troubles.filter((trouble) => !isGoodbye(trouble))).toEqual([])
  await person.context.close()
})

test('a shop shows its picture and ends', async () => {
  const shop = await openBrowserOf(browser, platform)
  const { page } = shop
  const email = 'atelier@example.com'
  await signUp(shop, email, 'shop')
  await page.goto('/shop/profile')
  await page.getByRole('button', { name: 'Изменить фото магазина' }).click()
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(PHOTO)
  await page.getByRole('dialog').locator('img').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Удалить магазин' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/введите слово/).fill('УДАЛИТЬ')
  await dialog.getByRole('button', { name: 'Удалить магазин' }).click()
  await page.getByText('Магазин удалён').waitFor()
  await expect.poll(() => mailsTo(platform, email), SOON).toContain('Ваш магазин удалён')
  expect(shop.troubles.filter((trouble) => !isGoodbye(trouble))).toEqual([])
  await shop.context.close()
})
