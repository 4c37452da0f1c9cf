import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { expectNoTroubles, openBrowserOf, type Person, PHONE, pacer, signIn } from './person.ts'

const platform = inject('platform')
const PASSWORD = 'синий кит любит утренний чай'
const REASON = 'Рассылал спам под чужими карточками'
/** A walk by the menu asks for few things. */
const ENOUGH_FOR_A_WALK = 8
let browser: Browser
let admin: Person
let takeTime: () => Promise<void>

beforeAll(async () => {
  browser = await launchChromium()
  admin = await openBrowserOf(browser, platform)
  takeTime = pacer(admin, ENOUGH_FOR_A_WALK)
  await signIn(admin, platform, 'admin')
})
afterAll(async () => {
  await browser?.close()
})

/** A new person on a phone, signed in and looking at the own account. */
async function newPerson(name: string, email: string): Promise<Page> {
  const { page } = await openBrowserOf(browser, platform, { viewport: PHONE })
  await page.goto('/sign-up')
  await page.getByLabel('Имя').fill(name)
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Создать аккаунт' }).click()
  await page.waitForURL('**/verify-email**')
  await page.goto('/account')
  await page.getByRole('main').getByText(email).first().waitFor()
  return page
}

async function openPeople(): Promise<void> {
  const { page } = admin
  await takeTime()
  if (!new URL(page.url()).pathname.startsWith('/admin')) await page.goto('/admin')
  await page.getByRole('navigation').getByRole('link', { name: 'Люди' }).click()
}

/** By a part of the address, from the list to the page of the one who was meant. */
async function openByAdmin(name: string, part: string): Promise<void> {
  const { page } = admin
  await openPeople()
  await page.getByRole('searchbox', { name: 'Имя или почта' }).fill(part)
  await page.keyboard.press('Enter')
  await page.getByText('Найден 1 человек').waitFor()
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** What the trail says about the person on the screen: the opened row's cells, field by field. */
async function recordedAbout(action: string): Promise<string[][]> {
  const { page } = admin
  await page.getByRole('link', { name: 'Что делали с его доступом' }).click()
  const row = page.getByRole('listitem').filter({ hasText: action }).first()
  await row.locator('summary').click()
  await row.getByText('Номер запроса').waitFor()
  expect(await row.locator('summary').textContent()).toMatch(/\d{2}:\d{2}:\d{2}/)
  const lines = await row.getByRole('row').all()
  const cells = await Promise.all(lines.map((line) => line.getByRole('cell').allTextContents()))
  return cells.filter((line) => line.length > 0)
}

async function expectSignedOut(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Образы' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Войти' }).waitFor()
}

test('made an admin by the page, a person is signed out at the next step; the audit shows the role before and after (L-01, Z-05)', async () => {
  const person = await newPerson('Жанель', 'zhanel.admin@example.com')
  await openByAdmin('Жанель', 'zhanel.ad')
  const { page } = admin
  const opener = page.getByRole('button', { name: 'Сделать администратором' })
  await opener.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement?.textContent === 'Сделать администратором')
  await opener.press('Enter')
  await dialog.getByText('он подключит второй фактор').waitFor()
  await dialog.getByRole('button', { name: 'Сделать администратором' }).click()
  await page.getByRole('button', { name: 'Снять права администратора' }).waitFor()
  await expectSignedOut(person)
  expect(await recordedAbout('identity.role_changed')).toEqual([['покупатель', 'администратор']])
})

test('blocked with a reason, a person is signed out and not let in again; the audit shows who, why, before and after (L-01, Z-05)', async () => {
  const email = 'spam.ermek@example.com'
  const person = await newPerson('Ермек', email)
  await openByAdmin('Ермек', 'spam.ermek')
  const { page } = admin
  await page.getByRole('button', { name: 'Заблокировать' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Причина').fill('Спам')
  expect(await dialog.getByRole('button', { name: 'Заблокировать' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Причина').fill(REASON)
  await dialog.getByRole('button', { name: 'Заблокировать' }).click()
  await page.getByText(REASON).waitFor()
  await expectSignedOut(person)
  await person.getByRole('main').getByRole('link', { name: 'Войти' }).click()
  await person.getByLabel('Электронная почта').fill(email)
  await person.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await person.getByRole('button', { name: 'Войти', exact: true }).click()
  await person.getByRole('alert').filter({ hasText: 'не подходят' }).waitFor()
  expect(await recordedAbout('identity.user_blocked')).toEqual([
    ['нет', 'да'],
    ['нет', REASON],
  ])
  expectNoTroubles([admin])
})

test('the own role and access cannot be changed by the page, and it says why', async () => {
  const { page } = admin
  await openPeople()
  await page.getByLabel('Роль').selectOption('Администратор')
  await page.getByRole('table').getByRole('link', { name: 'Дана Әкімші' }).click()
  await page.getByText('свои роль и доступ меняет другой администратор').waitFor()
  for (const name of ['Снять права администратора', 'Заблокировать']) {
    expect(await page.getByRole('button', { name }).isDisabled()).toBe(true)
  }
})

test('a shop reads in its journal what became of its cards, and not who of the staff decided', async () => {
  const shop = await openBrowserOf(browser, platform, { viewport: PHONE })
  await signIn(shop, platform, 'shop')
  await shop.page.getByRole('navigation').getByRole('link', { name: 'Журнал' }).click()
  const row = shop.page
    .getByRole('list', { name: 'Журнал' })
    .getByRole('listitem')
    .filter({ hasText: 'одобрена и показывается покупателям' })
    .first()
  await row.getByText('Leema').waitFor()
  expect(await shop.page.getByRole('main').textContent()).not.toContain('Дана Әкімші')
  const name = /«(.+?)»/.exec((await row.textContent()) ?? '')?.[1] ?? 'no name'
  await row.getByRole('link', { name: 'Открыть карточку' }).click()
  await shop.page.getByRole('heading', { name }).first().waitFor()
  expectNoTroubles([shop])
})

test('a setting is changed by the page: what does not fit is said at once, old and new are shown, the history keeps why', async () => {
  const { page } = admin
  await page.goto('/admin/settings')
  await page.getByRole('button', { name: 'Изменить: Напоминание об аренде' }).click()
  const dialog = page.getByRole('dialog', { name: 'Напоминание об аренде' })
  const save = dialog.getByRole('button', { name: 'Сохранить' })
  const value = dialog.getByLabel('Новое значение')
  expect(await save.isDisabled()).toBe(true)
  await value.fill('31')
  await dialog.getByText('Число вне допустимых границ').waitFor()
  expect(await save.isDisabled()).toBe(true)
  await value.fill('5')
  await dialog.getByText('Было 3 дня, станет 5 дней').waitFor()
  await dialog.getByLabel('Зачем это нужно').fill('Просят магазины')
  await save.click()
  await page.getByText('Изменено: Напоминание об аренде').waitFor()
  const row = page.getByRole('listitem').filter({ hasText: 'Напоминание об аренде' })
  await row.getByText('5 дней').waitFor()

  await page.getByRole('button', { name: 'История: Напоминание об аренде' }).click()
  const history = page.getByRole('dialog', { name: 'История: Напоминание об аренде' })
  await history.getByText('Причина: Просят магазины').waitFor()
  expect(await history.getByRole('listitem').count()).toBe(1)

  await page.goto('/admin/approvals')
  await page.getByRole('heading', { name: 'Здесь решает один администратор' }).waitFor()
  expectNoTroubles([admin])
})
