import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertReview } from '#domains/catalog/public.ts'
import { createCloser } from '#domains/identity/closing/closing-test-support.ts'
import { jpeg } from '#domains/media/test-pictures.ts'
import { pathOf, testUploads } from '#domains/media/test-uploads.ts'
import { createEmbeddedProvider, renderGeneration } from '#domains/studio/public.ts'
import { checkLedger } from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import { createLogger } from '#infra/log.ts'
import { HOUR_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'
import { eraseProfile } from './public.ts'

const PAINTER = fileURLToPath(new URL('../../../test/programs/painter.ts', import.meta.url))
const NAME = 'Гүлжамал Сәдуақасова'

let app: TestApp
let closer: ReturnType<typeof createCloser>
const running: ServerProcess[] = []
const { post, photoOf, consent, objects } = testUploads(() => app)

beforeAll(async () => {
  app = await startTestApp()
  closer = createCloser(app)
})
afterAll(async () => {
  await Promise.all(running.map((process) => process.kill('SIGKILL')))
  await app.stop()
})

/** Somebody who used everything that there is. */
async function fullPerson(): Promise<GivenUser & { pictures: string[] }> {
  const user = await app.given.user({ name: NAME, balance: 1_000 })
  await consent(user.account_id)
  await closer.call('PUT', '/users/me/consents', user, { document: 'terms', version: '1', accepted: true })
  const photo = await photoOf(user.auth, await jpeg())
  const avatar = await post('/api/v1/users/me/avatar', user.auth, [
    { name: 'file', filename: 'me.jpg', bytes: await jpeg() },
  ])
  const made = await madePicture(user)
  await closer.call('POST', `/wardrobe/from-generation/${made.id}`, user, { name: 'Coat of Гүлжамал' })
  await closer.call('POST', '/auth/email/change', user, { email: `next-${user.email}` })
  await closer.call('GET', '/users/me/export', user)
  await app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/generate',
    headers: { ...user.auth, 'idempotency-key': `key-${user.user_id}` },
    payload: { prompt: `portrait of ${NAME}` },
  })
  const card = await app.given.product({ shop: await app.given.shop() })
  await inTransaction(app.db, (tx) =>
    insertReview(tx, {
      user_id: user.user_id,
      product_id: card.id,
      rating: 5,
      comment: 'Good',
      created_at: new Date(),
    }),
  )
  await closer.deliver()
  const pictures = [photo.json().url, avatar.json().url, made.url]
  for (const url of pictures) expect((await get(url)).statusCode).toBe(200)
  return { ...user, pictures }
}

async function madePicture(user: GivenUser): Promise<{ id: number; url: string }> {
  const key = await app.studio.media.store({
    owner_account_id: user.account_id,
    image: await jpeg(),
    xmp: '<x/>',
  })
  const row = await app.db
    .insertInto('studio.generations')
    .values({
      user_id: user.user_id,
      type: 'generation',
      mode: 'generate',
      status: 'succeeded',
      prompt: `portrait of ${NAME}`,
      aspect_ratio: '2:3',
      image_key: key,
      charge_kind: 'free',
      price_cents: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await inTransaction(app.db, (tx) => app.studio.media.link(tx, [key]))
  return { id: row.id, url: app.studio.media.url(key) }
}

const get = (url: string) => app.http.inject({ method: 'GET', url: pathOf(url) })
const idsOf = (user: GivenUser) =>
  app.db
    .selectFrom('compliance.erasures')
    .select(['id', 'finished_at', 'email'])
    .where('profile_id', '=', user.user_id)
    .where('profile', '=', 'user')
    .executeTakeFirstOrThrow()

/** Every column of every table, the queue's included, that holds one of these texts. */
async function columnsWith(texts: string[]): Promise<string[]> {
  const owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
  const { rows } = await owner.query<{ place: string; schema: string; relation: string; name: string }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as place, n.nspname as schema, c.relname as relation,
      a.attname as name
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
    join pg_namespace n on n.oid = c.relnamespace
    where a.attnum > 0 and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema')`)
  const found: string[] = []
  for (const { place, schema, relation, name } of rows) {
    const quoted = [schema, relation].map((part) => pg.escapeIdentifier(part)).join('.')
    const column = pg.escapeIdentifier(name)
    const { rowCount } = await owner.query(
      `select 1 from ${quoted} where exists (
         select 1 from unnest($1::text[]) as t (word) where position(lower(word) in lower(${column}::text)) > 0) limit 1`,
      [texts],
    )
    if (rowCount) found.push(place)
  }
  await owner.end()
  return found.toSorted()
}

test('of an erased person neither the database nor the store holds anything but numbers (D-02)', async () => {
  const user = await fullPerson()
  const words = [user.email, NAME, 'Гүлжамал']
  const before = await columnsWith(words)
  expect(before).toEqual(
    expect.arrayContaining([
      'identity.accounts.email',
      'identity.users.name',
      'identity.email_tokens.new_email',
      'notifications.mails.to_address',
      'studio.generations.prompt',
      'wardrobe.items.name',
      'infra.idempotency_keys.response_body',
    ]),
  )
  expect(before.filter((place) => /^(audit|wallet|payments)\./.test(place))).toEqual([])
  expect((await closer.eraseMe(user, { forfeit_balance: true })).status).toBe(202)
  await closer.deliver()
  await closer.runErasures()
  for (const url of user.pictures) expect((await get(url)).statusCode).toBe(404)
  // Until the last look: where the confirmation goes, and the confirmation itself.
  expect(await columnsWith(words)).toEqual(['compliance.erasures.email', 'notifications.mails.to_address'])
  await app.db.updateTable('notifications.mails').set({ status: 'sent' }).execute()
  app.clock.advance(HOUR_MS)
  await closer.runErasures()
  expect(await columnsWith(words)).toEqual([])
  expect(await idsOf(user)).toMatchObject({ finished_at: expect.any(Date), email: null })
  const files = await app.db
    .selectFrom('media.files')
    .select('id')
    .where('owner_account_id', '=', user.account_id)
    .execute()
  expect(files).toEqual([])
  for (const url of user.pictures)
    expect(await objects(String(url).split('/media/')[1]?.slice(0, 32))).toEqual([])
  expect(await checkLedger(app.db)).toEqual({
    wrong_balances: [],
    unbalanced_transactions: [],
    wrong_holds: [],
  })
})

test('the review stays as that of a deleted user, in the language of whoever reads it', async () => {
  const user = await app.given.user({ name: 'Жанна' })
  const card = await app.given.product({ shop: await app.given.shop() })
  await inTransaction(app.db, (tx) =>
    insertReview(tx, {
      user_id: user.user_id,
      product_id: card.id,
      rating: 4,
      comment: 'Nice',
      created_at: new Date(),
    }),
  )
  await closer.eraseMe(user)
  await closer.runErasures()
  const read = async (language: string) =>
    (
      await app.http.inject({
        method: 'GET',
        url: `/api/v1/products/${card.id}/reviews`,
        headers: { 'accept-language': language },
      })
    ).json()
  for (const [language, user_name] of [
    ['ru', 'Удалённый пользователь'],
    ['kk', 'Жойылған пайдаланушы'],
    ['en', 'Deleted user'],
  ] as const)
    expect(await read(language)).toMatchObject([{ user_name, user_avatar: null, rating: 4, comment: 'Nice' }])
})

test('what a request on its way writes after the end is found by the last look', async () => {
  const user = await app.given.user()
  await closer.eraseMe(user)
  await closer.runErasures()
  await madePicture(user)
  app.clock.advance(HOUR_MS)
  await closer.sweep()
  await closer.runErasures()
  const rows = await app.db
    .selectFrom('studio.generations')
    .select('id')
    .where('user_id', '=', user.user_id)
    .execute()
  expect(rows).toEqual([])
  expect((await idsOf(user)).finished_at).not.toBeNull()
})

test('a picture that is being painted when its person goes is thrown away, and costs nothing', async () => {
  const provider = createEmbeddedProvider(createLogger({ level: 'silent' }), { child_file: PAINTER })
  const user = await app.given.user({ balance: 500 })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ generations_left: 0 })
    .where('user_id', '=', user.user_id)
    .execute()
  const { body } = await closer.call('POST', '/generations/generate', user, { prompt: 'slow:1500' })
  const painting = renderGeneration(
    { ...app.studio, provider },
    { data: { generation_id: body.id }, signal: new AbortController().signal },
  )
  await until(async () => {
    const row = await app.db
      .selectFrom('studio.generations')
      .select('step')
      .where('id', '=', body.id)
      .executeTakeFirst()
    return row?.step === 'shading'
  }, 10)
  expect((await closer.eraseMe(user, { forfeit_balance: true })).status).toBe(202)
  await closer.runErasures()
  await painting
  await provider.close()
  const rows = await app.db
    .selectFrom('studio.generations')
    .select('id')
    .where('user_id', '=', user.user_id)
    .execute()
  expect(rows).toEqual([])
  const files = await app.db
    .selectFrom('media.files')
    .select(['linked_at', 'expires_at'])
    .where('owner_account_id', '=', user.account_id)
    .execute()
  expect(files).toEqual([{ linked_at: null, expires_at: expect.any(Date) }])
  const paid = await app.db
    .selectFrom('wallet.transactions')
    .select(['type', 'amount_cents'])
    .where('user_id', '=', user.user_id)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  expect(paid).toEqual({ type: 'ADJUSTMENT', amount_cents: -500 })
  expect((await checkLedger(app.db)).wrong_holds).toEqual([])
})

test('photos of somebody new on the same account are not touched', async () => {
  const user = await app.given.user()
  const made = await closer.call('POST', '/auth/user/get-or-create-shop', user)
  await closer.eraseMe(user)
  app.clock.advance(10 * 60_000)
  const photo = await app.given.picture(user.account_id, 'person')
  await closer.runErasures()
  app.clock.advance(HOUR_MS)
  await closer.runErasures()
  expect(made.status).toBe(200)
  const kept = await app.db.selectFrom('media.files').select('id').where('id', '=', photo.id).execute()
  expect(kept).toHaveLength(1)
})

test('five runs at once end it once', async () => {
  const user = await fullPerson()
  await closer.eraseMe(user, { forfeit_balance: true })
  const { id } = await idsOf(user)
  await app.db.updateTable('notifications.mails').set({ status: 'sent' }).execute()
  app.clock.advance(HOUR_MS)
  await Promise.all(Array.from({ length: 5 }, () => eraseProfile(app.compliance, id)))
  expect((await idsOf(user)).finished_at).not.toBeNull()
  const ends = await app.db
    .selectFrom('audit.logs')
    .select('id')
    .where('action', '=', 'compliance.erasure_finished')
    .where('entity_id', '=', user.user_id)
    .execute()
  expect(ends).toHaveLength(1)
})

test('a worker killed with -9 in the middle: another one ends the work (J-02)', async () => {
  const user = await app.given.user()
  await sql`insert into studio.generations (user_id, type, mode, status, aspect_ratio, charge_kind, price_cents, prompt)
    select ${user.user_id}, 'generation', 'generate', 'succeeded', '2:3', 'free', 0, 'coat'
    from generate_series(1, 6000)`.execute(app.db)
  const left = async () =>
    (
      await app.db
        .selectFrom('studio.generations')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('user_id', '=', user.user_id)
        .executeTakeFirstOrThrow()
    ).count
  const first = await startServerProcess('worker,scheduler', app.environment)
  running.push(first)
  await closer.eraseMe(user)
  await until(async () => (await left()) < 6_000, 30)
  await first.kill('SIGKILL')
  expect(await left()).toBeGreaterThan(0)
  running.push(await startServerProcess('worker,scheduler', app.environment))
  await until(async () => (await left()) === 0, 60)
  await until(
    async () =>
      (
        await app.db
          .selectFrom('identity.sessions')
          .select('id')
          .where('account_id', '=', user.account_id)
          .execute()
      ).length === 0,
    30,
  )
}, 120_000)

async function until(isSo: () => Promise<boolean>, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s`)
    await pause(20)
  }
}
