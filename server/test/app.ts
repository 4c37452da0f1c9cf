import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, compose } from '#app/compose.ts'
import { type Config, type Role, readConfig } from '#app/config.ts'
import { LIMITS, type LimitRule } from '#app/http/limits.ts'
import type { ImageProvider } from '#domains/studio/public.ts'
import type { LimitClass } from '#infra/http.ts'
import { createLogger } from '#infra/log.ts'
import type { Clock } from '#kernel/time.ts'
import { createTestDatabase } from './database.ts'
import { createGiven, type Given } from './given.ts'
import { assertNothingPersonal } from './log-canaries.ts'

export type TestApp = App & {
  http: NonNullable<App['http']>
  given: Given
  clock: TestClock
  /** Every line that was logged. */
  logs: string[]
  owner_url: string
  /** What the configuration was read from: a second process of the same installation is given the same. */
  environment: Record<string, string>
  stop: () => Promise<void>
}

export type TestClock = Clock & { set(time: Date): void; advance(ms: number): void }

export type TestAppOptions = {
  roles?: Role[]
  /** Real limits; by default they are a thousand times wider, so that a test is not about them by accident. */
  real_limits?: boolean
  provider?: ImageProvider
  env?: Record<string, string>
  /** Another process of this installation: same database, files, secrets and clock. Stop it before that one. */
  beside?: TestApp
}

/** The whole server on a private database and folder: every part real, requests by `http.inject` or over a socket. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const home = options.beside ? null : await makeHome()
  const environment = { ...(options.beside?.environment ?? home?.environment), ...options.env }
  const config = readConfig(environment)
  const clock = options.beside?.clock ?? createTestClock()
  const logs: string[] = []
  const log = createLogger({ level: 'info', destination: { write: (line: string) => void logs.push(line) } })
  const app = await compose(config, {
    roles: options.roles ?? ['api'],
    clock,
    log,
    limits: options.real_limits ? LIMITS : widened(LIMITS),
    ...(options.provider ? { provider: options.provider } : {}),
  })
  await app.startWork()
  if (!app.http) throw new Error('a test app needs the role api or realtime')
  await app.http.ready()
  return {
    ...app,
    http: app.http,
    clock,
    logs,
    owner_url: config.database.owner_url,
    environment,
    given: createGiven(app, clock),
    stop: async () => {
      await app.close()
      await home?.remove()
      assertNothingPersonal(logs, environment)
    },
  }
}

/** A private database and folder, and fresh secrets. */
async function makeHome() {
  const database = await createTestDatabase()
  const data_folder = mkdtempSync(join(tmpdir(), 'leema-test-'))
  const environment = {
    ...testEnvironment(),
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.owner_url,
    LEEMA_DATA: data_folder,
  }
  const remove = async () => {
    await database.drop()
    rmSync(data_folder, { recursive: true, force: true })
  }
  return { environment, remove }
}

/** A complete configuration with fresh secrets. */
export function testConfig(env: Record<string, string>): Config {
  return readConfig({ ...testEnvironment(), ...env })
}

export function testEnvironment(): Record<string, string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'ES256', use: 'sig' }
  return {
    LEEMA_ENV: 'test',
    PUBLIC_URL: 'http://localhost:8000',
    LEEMA_DATA: '/nonexistent',
    DATABASE_POOL_SIZE: '8',
    AUTH_SIGNING_KEYS: JSON.stringify({ keys: [key] }),
    DATA_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    MEDIA_SIGNING_KEY: randomBytes(32).toString('base64'),
    GOOGLE_ISSUER: 'http://127.0.0.1:9',
    GOOGLE_CLIENT_ID: 'test-google-client',
    GOOGLE_CLIENT_SECRET: randomBytes(16).toString('hex'),
    PAYPAL_BASE_URL: 'http://127.0.0.1:9',
    PAYPAL_CLIENT_ID: 'test-paypal-client',
    PAYPAL_CLIENT_SECRET: randomBytes(16).toString('hex'),
    PAYPAL_WEBHOOK_ID: 'test-webhook',
  }
}

function widened(limits: Record<LimitClass, LimitRule[]>): Record<LimitClass, LimitRule[]> {
  const wide = Object.entries(limits).map(([name, rules]) => [
    name,
    rules.map((rule) => ({ ...rule, limit: rule.limit * 1_000 })),
  ])
  // Same keys as before.
  return Object.fromEntries(wide) as Record<LimitClass, LimitRule[]>
}

/** Starts at the real time (tokens are checked against it) and moves only by hand. */
function createTestClock(): TestClock {
  let now = new Date()
  return {
    now: () => now,
    set: (time) => {
      now = time
    },
    advance: (ms) => {
      now = new Date(now.getTime() + ms)
    },
  }
}
