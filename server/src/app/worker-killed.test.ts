import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '#domains/wallet/public.ts'
import { startTestApp, type TestApp, testEnvironment } from '#test/app.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

let app: TestApp
let env: Record<string, string>
const running: ServerProcess[] = []

beforeAll(async () => {
  app = await startTestApp()
  env = { ...testEnvironment(), DATABASE_URL: app.config.database.url, LEEMA_DATA: app.config.data_folder }
})
afterAll(async () => {
  await Promise.all(running.map((process) => process.kill('SIGKILL')))
  await app.stop()
})

async function startWorker(): Promise<ServerProcess> {
  const worker = await startServerProcess('worker,scheduler', env)
  running.push(worker)
  return worker
}

async function until<T>(read: () => Promise<T | undefined>, seconds: number): Promise<T> {
  const end = Date.now() + seconds * 1_000
  while (Date.now() < end) {
    const value = await read()
    if (value !== undefined) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`not within ${seconds} s`)
}

test('a worker killed with -9 in mid-job: another finishes it within 30 s, one result, one charge (readiness row J-02)', async () => {
  const user = await app.given.user({ balance: 500 })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ generations_left: 0 })
    .where('user_id', '=', user.user_id)
    .execute()
  const first = await startWorker()
  const payload = { prompt: 'красное платье в белый горошек и синий жакет' }
  const accepted = await app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/generate',
    headers: user.auth,
    payload,
  })
  const { id } = accepted.json()
  const rowOf = () =>
    app.db.selectFrom('studio.generations').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  await until(async () => ((await rowOf()).status === 'processing' ? true : undefined), 20)
  await first.kill('SIGKILL')
  expect((await rowOf()).status).toBe('processing')

  await startWorker()
  const finished = await until(async () => {
    const row = await rowOf()
    return row.status === 'succeeded' || row.status === 'failed' ? row : undefined
  }, 30)
  expect(finished).toMatchObject({ status: 'succeeded', attempts: 2, cost_cents: 100 })
  const charges = await app.db
    .selectFrom('wallet.transactions')
    .selectAll()
    .where('user_id', '=', user.user_id)
    .where('type', '=', 'GENERATION')
    .execute()
  expect(charges).toHaveLength(1)
  expect(await checkLedger(app.db)).toEqual({
    wrong_balances: [],
    unbalanced_transactions: [],
    wrong_holds: [],
  })
}, 90_000)
