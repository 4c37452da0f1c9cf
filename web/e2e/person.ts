import { createHmac, randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type DemoAccount, demoAccount, type RunningPlatform } from './platform.ts'

/** A browser of one person: own storage, Russian, and everything that went wrong in the console. */
export type Person = { context: BrowserContext; page: Page; troubles: string[] }

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1440, height: 900 }

/** Each file of tests runs in a process of its own, on the same platform. */
const NETWORK = `10.${randomInt(256)}.${randomInt(256)}`
let people = 0

/** Everybody sits at an address of his own, as in life: limits of sign-in are per address. */
export async function openBrowserOf(
  browser: Browser,
  platform: RunningPlatform,
  look: { viewport?: typeof PHONE; dark?: boolean } = {},
): Promise<Person> {
  people += 1
  const extraHTTPHeaders = { 'x-forwarded-for': `${NETWORK}.${people}` }
  const context = await browser.newContext({
    viewport: look.viewport ?? DESKTOP,
    colorScheme: look.dark ? 'dark' : 'light',
    locale: 'ru-RU',
    baseURL: platform.url,
    extraHTTPHeaders,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  return { context, page, troubles }
}

/** What the account may still ask for in this minute. */
const ENOUGH_FOR_A_PAGE = 25
/** Limits of sign-in are smaller, and no page touches them. */
const LIMIT_OF_PAGES_MIN = 60

/** Pages are opened faster here than by people, and all tests of a run are the same few accounts: the account's own limit is waited for instead of run into. */
export function pacer({ page }: Person, enough = ENOUGH_FOR_A_PAGE): () => Promise<void> {
  let wait_s = 0
  page.on('response', (response) => {
    const headers = response.headers()
    if (Number(headers['ratelimit-limit'] ?? 0) < LIMIT_OF_PAGES_MIN) return
    if (Number(headers['ratelimit-remaining']) < enough) wait_s = Number(headers['ratelimit-reset'])
  })
  return async () => {
    await pause(wait_s * 1_000)
    wait_s = 0
  }
}

/** Signs in by the page as the demo's first account of a role, with the second factor when it has one. */
export async function signIn(
  { page }: Person,
  platform: RunningPlatform,
  role: DemoAccount['role'],
): Promise<void> {
  const account = demoAccount(platform, role)
  await page.goto('/sign-in')
  if (role === 'shop') await page.getByRole('radio', { name: 'Магазин' }).click()
  await page.getByLabel('Электронная почта').fill(account.email)
  await page.getByLabel('Пароль', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  if (account.totp_secret) {
    // The sixth digit sends the code.
    await page.getByLabel('Код из приложения').fill(await freshCode(platform, account.totp_secret))
  }
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

const STEP_MS = 30_000

/** A code works once: when a test of this run has used the present one, the next one is waited for. */
async function freshCode({ data_folder }: RunningPlatform, secret: string): Promise<string> {
  const file = join(data_folder, 'last-code-step')
  const used = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  while (stepNow() <= used) await pause(200)
  writeFileSync(file, String(stepNow()))
  return oneTimeCode(secret, stepNow())
}

function stepNow(): number {
  return Math.floor(Date.now() / STEP_MS)
}

/** The local mailbox of an address. Looked into from everywhere, because looking is limited by address, too. */
export async function mailsTo({ url }: RunningPlatform, email: string): Promise<string> {
  const headers = { 'x-forwarded-for': [11, randomInt(256), randomInt(256), randomInt(256)].join('.') }
  return (await fetch(`${url}/mailbox?to=${encodeURIComponent(email)}`, { headers })).text()
}

/** The latest mail to an address, from the local mailbox: its six-digit code. */
export async function codeFromMail(platform: RunningPlatform, email: string): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const page = await mailsTo(platform, email)
    const code = /<strong>(\d{6}) /.exec(page)?.[1]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`no mail with a code for ${email}`)
}

/** The link of the latest mail to an address that leads to a path: everything from the path on. */
export async function linkFromMail(platform: RunningPlatform, email: string, path: string): Promise<string> {
  const link = new RegExp(`${path}#token=[\\w-]+`)
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const list = await mailsTo(platform, email)
    const latest = /href="(\/mailbox\/\d+)"/.exec(list)?.[1]
    const found = latest && link.exec(await (await fetch(`${platform.url}${latest}`)).text())?.[0]
    if (found) return found
    await pause(200)
  }
  throw new Error(`no mail with ${path} for ${email}`)
}

/** Codes of an app; each step of half a minute gives one, and the server takes the next one already. */
export function authenticatorApp(secret: string) {
  let used = 0
  return {
    last: () => oneTimeCode(secret, used),
    async next(): Promise<string> {
      used = Math.max(used + 1, stepNow() - 1)
      while (used > stepNow() + 1) await pause(200)
      return oneTimeCode(secret, used)
    },
  }
}

/** RFC 6238: six digits, 30 s, SHA-1. */
function oneTimeCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

export function expectNoTroubles(people: Person[]): void {
  expect(people.flatMap((person) => person.troubles)).toEqual([])
}
