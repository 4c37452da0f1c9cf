import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchChromium } from '../../server/test/chromium.ts'
import { changeRunning } from '../../server/test/running-database.ts'
import {
  authenticatorApp,
  expectNoTroubles,
  linkFromMail,
  openBrowserOf,
  type Person,
  PHONE,
} from './person.ts'

const PASSWORD = 'синий кит любит утренний чай'
const NEXT_PASSWORD = 'зелёный слон пьёт вечерний кофе'

const platform = inject('platform')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const newEmail = () => `person-${randomUUID().slice(0, 13)}@example.com`
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

/** Limits are per address, five in a minute; a person with much to do moves on to another network. */
let networks = 0
async function moveOn({ context }: Person): Promise<void> {
  networks += 1
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': `10.9.0.${networks}` })
}

/** By the page, as everybody does. */
async function signUp(look: { viewport?: typeof PHONE } = {}) {
  const person = await openBrowserOf(browser, platform, look)
  const { page } = person
  const email = newEmail()
  await page.goto('/sign-up')
  await page.getByLabel('Имя').fill('Айгерим')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD)
  await page.getByRole('checkbox').check()
  await button(page, 'Создать аккаунт').click()
  await page.waitForURL('**/verify-email**')
  return { ...person, email }
}

async function firstStep(person: Person, email: string, password = PASSWORD): Promise<void> {
  const { page } = person
  await moveOn(person)
  await page.goto('/sign-in?next=/account/security')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill(password)
  await button(page, 'Войти').click()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Выйти', exact: true }).click()
  await page.getByRole('link', { name: 'Войти' }).first().waitFor()
}

async function openSecurity({ page }: Person): Promise<void> {
  await page.goto('/account/security')
  await page.getByRole('heading', { name: 'Второй шаг входа' }).waitFor()
}

/** A touch device with a fingerprint that always fits. */
async function addAuthenticator({ context, page }: Person): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const makeSignInOld = (email: string) =>
  changeRunning(
    platform.data_folder,
    `update identity.sessions set authenticated_at = authenticated_at - interval '1 hour'
     where account_id = (select id from identity.accounts where email = $1)`,
    [email],
  )

async function keepCodes(page: Page): Promise<string[]> {
  const shown = dialog(page, 'Запасные коды')
  await shown.waitFor()
  await page.keyboard.press('Escape')
  const codes = await shown.getByRole('listitem').allInnerTexts()
  await button(page, 'Коды сохранены').click()
  await shown.waitFor({ state: 'detached' })
  return codes
}

test('an app protects the account: its code opens it once (A-09), and so does a recovery code (A-10)', async () => {
  const person = await signUp({ viewport: PHONE })
  const { page, email } = person
  await openSecurity(person)
  await page.getByText('Второй шаг выключен').waitFor()
  await button(page, 'Подключить приложение').click()
  const setup = dialog(page, 'Подключить приложение')
  await setup.getByText('Введите ключ вручную').click()
  const app = authenticatorApp((await setup.locator('code').innerText()).replaceAll(' ', ''))
  await setup.getByLabel('Код из приложения').fill(await app.next())
  const codes = await keepCodes(page)
  expect(codes).toHaveLength(10)
  await page.getByText('Второй шаг включён').waitFor()
  await page.getByText('Осталось 10 кодов').waitFor()
  await signOut(page)

  await firstStep(person, email)
  await page.getByLabel('Код из приложения').fill(app.last())
  await page.getByText('Код неверен или уже использован').waitFor()
  await page.getByLabel('Код из приложения').fill(await app.next())
  await page.waitForURL('**/account/security')
  await signOut(page)

  const [recovery_code = ''] = codes
  await firstStep(person, email)
  await button(page, 'Ввести запасной код').click()
  await page.getByLabel('Запасной код').fill(recovery_code.toUpperCase())
  await button(page, 'Подтвердить').click()
  await page.getByText('Осталось 9 кодов').waitFor()
  await signOut(page)

  await firstStep(person, email)
  await button(page, 'Ввести запасной код').click()
  await page.getByLabel('Запасной код').fill(recovery_code)
  await button(page, 'Подтвердить').click()
  await page.getByText('Код неверен или уже использован').waitFor()
  await page.goto('/account/security')
  await page
    .getByText('Сначала войдите')
    .or(page.getByRole('link', { name: 'Войти' }))
    .first()
    .waitFor()
  await person.context.close()
})

describe('passkeys', () => {
  test('one is added after a fresh proof, signs in, and is removed after another one (A-11)', async () => {
    const person = await signUp()
    const { page, email } = person
    await addAuthenticator(person)
    await makeSignInOld(email)
    await openSecurity(person)
    const add = button(page, 'Добавить ключ доступа')
    const confirm = dialog(page, 'Подтвердите, что это вы')

    await add.click()
    await confirm.getByLabel('Пароль', { exact: true }).fill('не тот пароль совсем')
    await button(page, 'Подтвердить').click()
    await confirm.getByText('Пароль не подходит').waitFor()
    await page.keyboard.press('Escape')
    await confirm.waitFor({ state: 'detached' })
    await page.getByText('Подтвердите, что это вы, и повторите').waitFor()
    await expect.poll(() => add.evaluate((node) => node === document.activeElement)).toBe(true)

    // By keyboard alone: the focus is where the answer goes.
    await page.keyboard.press('Enter')
    const field = confirm.getByLabel('Пароль', { exact: true })
    await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(true)
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    const making = dialog(page, 'Добавить ключ доступа')
    await making.getByLabel('Название').fill('Ноутбук')
    await button(page, 'Создать ключ').click()
    expect(await keepCodes(page)).toHaveLength(10)
    const mine = page.getByRole('list', { name: 'Ключи доступа' }).getByRole('listitem')
    await mine.getByText('Ещё не использовался').waitFor()
    expect(await mine.count()).toBe(1)
    await signOut(page)

    await firstStep(person, email)
    await button(page, 'Использовать ключ доступа').click()
    await page.waitForURL('**/account/security')
    await mine.getByText('Последний вход').waitFor()
    await button(page, 'Переименовать «Ноутбук»').click()
    await dialog(page, 'Переименовать').getByLabel('Название').fill('Рабочий ноутбук')
    await button(page, 'Сохранить').click()

    await makeSignInOld(email)
    await button(page, 'Удалить «Рабочий ноутбук»').click()
    const removal = dialog(page, 'Удалить «Рабочий ноутбук»?')
    await removal.getByText('Это последний способ').waitFor()
    await removal.getByRole('button', { name: 'Удалить', exact: true }).click()
    await confirm.waitFor()
    await page.keyboard.press('Escape')
    await confirm.waitFor({ state: 'detached' })
    await removal.getByText('Подтвердите, что это вы, и повторите').waitFor()
    await removal.getByRole('button', { name: 'Удалить', exact: true }).click()
    await confirm.getByRole('button', { name: 'Использовать ключ доступа' }).click()
    await removal.waitFor({ state: 'detached' })
    await page.getByText('Второй шаг выключен').waitFor()
    await person.context.close()
  })

  test('an admin is let in by nothing but a second step, which a passkey can be from the first day (A-08)', async () => {
    const person = await signUp()
    const { page, email } = person
    await addAuthenticator(person)
    await changeRunning(
      platform.data_folder,
      `update identity.users set role = 'admin'
       where account_id = (select id from identity.accounts where email = $1)`,
      [email],
    )
    await firstStep(person, email)
    await button(page, /^Ключ доступа/).waitFor()
    // Until here the page was refused, because the session of a user had ended.
    person.troubles.length = 0
    await button(page, /^Ключ доступа/).click()
    await button(page, 'Создать ключ').click()
    await page.getByText('Сохраните запасные коды').waitFor()
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(10)
    await button(page, 'Коды сохранены').click()
    await page.waitForURL('**/account/security')
    await page.goto('/admin/security')
    await page.getByText('Администратору второй шаг обязателен').waitFor()
    expect(await button(page, /^Удалить «/).isDisabled()).toBe(true)
    await signOut(page)
    expectNoTroubles([person])
    await person.context.close()
  })
})

test('somebody sees where he is signed in and ends the other session, which is over at once (A-12)', async () => {
  const person = await signUp()
  const other = await openBrowserOf(browser, platform, { viewport: PHONE })
  await firstStep(other, person.email)
  await other.page.getByRole('heading', { name: 'Устройства' }).waitFor()
  await openSecurity(person)
  const devices = person.page.getByRole('list', { name: 'Устройства' }).getByRole('listitem')
  await expect.poll(() => devices.count()).toBe(2)
  await devices.first().getByText('Это устройство').waitFor()
  await devices
    .nth(1)
    .getByRole('button', { name: /^Завершить сеанс/ })
    .click()
  await person.page.getByText('Других сеансов нет').waitFor()
  expect(await devices.count()).toBe(1)

  await other.page.reload()
  await other.page.getByRole('main').getByRole('link', { name: 'Войти' }).waitFor()
  expectNoTroubles([person])
  await person.context.close()
  await other.context.close()
})

test('the address is changed by the link that went to the new one, and the password by whoever knows the old one', async () => {
  const person = await signUp({ viewport: PHONE })
  const { page } = person
  const next = newEmail()
  await openSecurity(person)
  await button(page, 'Изменить адрес').click()
  await page.getByLabel('Новый адрес').fill(next)
  await button(page, 'Отправить письмо').click()
  await page.getByText(`Письмо ушло на ${next}`).waitFor()
  await page.goto(await linkFromMail(platform, next, '/confirm-email'))
  await page.getByRole('heading', { name: 'Адрес изменён' }).waitFor()
  expect(page.url()).not.toContain('token')
  await page.getByRole('link', { name: 'К безопасности' }).click()
  await page.getByText(next).waitFor()
  expect(await page.getByText('Ждём подтверждения').count()).toBe(0)

  await button(page, 'Сменить пароль').click()
  const form = dialog(page, 'Сменить пароль')
  await form.getByLabel('Нынешний пароль').fill(PASSWORD)
  await form.getByLabel('Новый пароль').fill('passwordpassword')
  await form.getByRole('button', { name: 'Сменить пароль' }).click()
  await form.getByText('Этот пароль легко угадать').waitFor()
  await form.getByLabel('Новый пароль').fill(NEXT_PASSWORD)
  await form.getByRole('button', { name: 'Сменить пароль' }).click()
  await page.getByText('Пароль изменён').waitFor()
  await signOut(page)
  await firstStep(person, next, NEXT_PASSWORD)
  await page.getByText(next).waitFor()
  await person.context.close()
})
