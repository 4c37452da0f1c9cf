import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { compose } from '#app/compose.ts'
import { migrateAll } from '#app/migrate.ts'
import { createLogger } from '#infra/log.ts'
import { asSystem } from '#infra/wall.ts'
import { systemClock } from '#kernel/time.ts'
import { startThrowawayPostgres } from '#local/throwaway-postgres.ts'
import { testConfig, testEnvironment } from '#test/app.ts'
import { createGiven } from '#test/given.ts'
import { startServerProcess } from '#test/server-process.ts'

const CARDS = 60
const TRY_ONS = 10
const CONNECTIONS = 10
const SECONDS = 10
const PORT = 18_421
const URL_BASE = `http://127.0.0.1:${PORT}`

type Figures = { requests_per_s: number; p50_ms: number; p97_5_ms: number; p99_ms: number; errors: number }

/**
 * `npm run bench`: is the catalogue as fast while try-ons run as without? One server process with all roles, as
 * `npm start` runs it; the figures of both phases are compared in one run on one machine.
 */
async function main(): Promise<void> {
  const postgres = await startThrowawayPostgres()
  const data_folder = mkdtempSync(join(tmpdir(), 'leema-bench-'))
  const env = {
    ...testEnvironment(),
    DATABASE_URL: postgres.appUrl(),
    DATABASE_MIGRATION_URL: postgres.ownerUrl(),
    LEEMA_DATA: data_folder,
    PORT: String(PORT),
    PUBLIC_URL: URL_BASE,
    LOG_LEVEL: 'warn',
    // Each request comes from another visitor, as in life; limits are per address.
    TRUSTED_PROXIES: '127.0.0.1',
  }
  const config = testConfig(env)
  await migrateAll(config, () => undefined)
  const { token, product_id, photo_url } = await asSystem(() => fill(config))
  const server = await startServerProcess('api,worker,realtime,scheduler', env)
  try {
    await load(3)
    const alone = await load(SECONDS)
    const finished = startTryOns(token, { product_id, user_image_url: photo_url })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const beside = await load(SECONDS)
    report(alone, beside)
    say(`try-ons finished: ${(await finished).join(', ')}`)
  } finally {
    await server.kill('SIGKILL')
    await postgres.stop()
    rmSync(data_folder, { recursive: true, force: true })
  }
}

/** A catalogue, a person with credits and a photo that the engine can work on. */
async function fill(config: ReturnType<typeof testConfig>) {
  const app = await compose(config, { roles: [], log: createLogger({ level: 'warn' }) })
  const given = createGiven(app, systemClock)
  const shop = await given.shop({ balance: 100_000 })
  const admin = await given.admin()
  const garment = readFileSync(new URL('../seeds/pictures/futbolka-molochnaya-1.webp', import.meta.url))
  const product = await given.product({ shop, admin, picture: garment })
  for (let index = 1; index < CARDS; index += 1) await given.product({ shop, admin, name: `Card ${index}` })
  const user = await given.user()
  await app.db
    .updateTable('wallet.free_credits')
    .set({ try_ons_left: TRY_ONS })
    .where('user_id', '=', user.user_id)
    .execute()
  const photo = await given.picture(
    user.account_id,
    'person',
    readFileSync(new URL('../seeds/people/aida-front-tshirt.jpg', import.meta.url)),
  )
  await app.close()
  return { token: user.token, product_id: product.id, photo_url: photo.url }
}

async function load(seconds: number): Promise<Figures> {
  const requests = Array.from({ length: 2_000 }, (_, index) => ({
    path: '/api/v1/products?limit=20',
    headers: { 'x-forwarded-for': `10.${index >> 8}.${index & 255}.${Math.floor(Math.random() * 250) + 1}` },
  }))
  const result = await autocannon({ url: URL_BASE, connections: CONNECTIONS, duration: seconds, requests })
  const { latency } = result
  return {
    requests_per_s: result.requests.average,
    p50_ms: latency.p50,
    p97_5_ms: latency.p97_5,
    p99_ms: latency.p99,
    errors: result.errors + result.non2xx,
  }
}

async function startTryOns(token: string, body: object): Promise<string[]> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ids: number[] = []
  for (let index = 0; index < TRY_ONS; index += 1) {
    const response = await fetch(`${URL_BASE}/api/v1/generations/try-on`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    const accepted: { id: number } = JSON.parse(await response.text())
    ids.push(accepted.id)
  }
  const ends: string[] = []
  for (const id of ids) ends.push(await endOf(id, headers))
  return ends
}

async function endOf(id: number, headers: Record<string, string>): Promise<string> {
  for (;;) {
    const response = await fetch(`${URL_BASE}/api/v1/generations/${id}`, { headers })
    const body: { status: string } = JSON.parse(await response.text())
    if (body.status !== 'queued' && body.status !== 'processing') return body.status
    await new Promise((resolve) => setTimeout(resolve, 2_000))
  }
}

function report(alone: Figures, beside: Figures): void {
  say('GET /api/v1/products?limit=20, 10 connections')
  say(row('', 'alone', 'beside AI', 'ratio'))
  for (const name of ['requests_per_s', 'p50_ms', 'p97_5_ms', 'p99_ms', 'errors'] as const) {
    const ratio = alone[name] === 0 ? '—' : (beside[name] / alone[name]).toFixed(2)
    say(row(name, alone[name].toFixed(1), beside[name].toFixed(1), ratio))
  }
}

function row(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(16)).join('')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
