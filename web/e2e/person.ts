import { createHmac } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type DemoAccount, demoAccount, type RunningPlatform } from './platform.ts'

/** A browser of one person: own storage, Russian, and everything that went wrong in the console. */
export type Person = { context: BrowserContext; page: Page; troubles: string[]; reads: Reads }

/** What the server last said about the requests of a minute: the fewest that were left, and when counting begins anew. */
type Reads = { left: number; anew_at: number }

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1440, height: 900 }

let people = 0

/** Everybody sits at an address of his own, as in life: limits of sign-in are per address. */
export async function openBrowserOf(
  browser: Browser,
  platform: RunningPlatform,
  look: { viewport?: typeof PHONE; dark?: boolean } = {},
): Promise<Person> {
  people += 1
  const extraHTTPHeaders = { 'x-forwarded-for': `10.0.0.${people}` }
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
    if (message.type() === 'error') troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  const reads = { left: Number.POSITIVE_INFINITY, anew_at: 0 }
  page.on('response', (response) => {
    const {
      'ratelimit-limit': limit,
      'ratelimit-remaining': left,
      'ratelimit-reset': reset_s,
    } = response.headers()
    // Sign-in and others have narrower limits of their own.
    if (Number(limit) < READS_A_MINUTE || left === undefined || Number(left) > reads.left) return
    reads.left = Number(left)
    reads.anew_at = Date.now() + Number(reset_s) * 1_000
  })
  return { context, page, troubles, reads }
}

const READS_A_MINUTE = 60
/** A page that is loaded whole asks for up to nine things. */
const READS_OF_A_PAGE = 12
/** The minute before still counts, less and less: after this long a page may be loaded again. */
const REST_MS = 15_000

/** All tests of a run share the demo accounts and their requests of a minute (contract 7.1): rests when few are left. */
export async function restIfNeeded({ reads }: Person): Promise<void> {
  if (reads.left < READS_OF_A_PAGE) await pause(Math.max(0, reads.anew_at - Date.now()) + REST_MS)
  reads.left = Number.POSITIVE_INFINITY
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
  return oneTimeCode(secret)
}

function stepNow(): number {
  return Math.floor(Date.now() / STEP_MS)
}

/** The latest mail to an address, from the local mailbox: its six-digit code. */
export async function codeFromMail(platform: RunningPlatform, email: string): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const page = await (await fetch(`${platform.url}/mailbox?to=${encodeURIComponent(email)}`)).text()
    const code = /<strong>(\d{6}) /.exec(page)?.[1]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`no mail with a code for ${email}`)
}

/** RFC 6238: six digits, 30 s, SHA-1. */
function oneTimeCode(secret: string): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(stepNow()))
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
