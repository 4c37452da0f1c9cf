import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertReview } from '#domains/catalog/public.ts'
import { createCloser } from '#domains/identity/closing/closing-test-support.ts'
import { jpeg } from '#domains/media/test-pictures.ts'
import { testUploads } from '#domains/media/test-uploads.ts'
import { inTransaction } from '#infra/db.ts'
import { DAY_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { makeExport, sweep } from './public.ts'
import { unzip } from './test-zip.ts'

let app: TestApp
let closer: ReturnType<typeof createCloser>
const { photoOf, consent, objects } = testUploads(() => app)

beforeAll(async () => {
  app = await startTestApp()
  closer = createCloser(app)
})
afterAll(() => app.stop())

const ask = (user: GivenUser) => closer.call('GET', '/users/me/export', user)
const rowsOf = (user: GivenUser) =>
  app.db
    .selectFrom('compliance.exports')
    .selectAll()
    .where('user_id', '=', user.user_id)
    .orderBy('id')
    .execute()
const newestOf = async (user: GivenUser) => {
  const row = (await rowsOf(user)).at(-1)
  if (!row) throw new Error('no copy was asked for')
  return row
}
const make = async (user: GivenUser, is_last_attempt = false) =>
  makeExport(app.compliance, { data: { export_id: (await newestOf(user)).id }, is_last_attempt })

/** Follows the link of the mail. */
async function linkOf(user: GivenUser): Promise<string> {
  await closer.deliver()
  const mail = await app.db
    .selectFrom('notifications.mails')
    .select('body_text')
    .where('to_address', '=', user.email)
    .where('template', '=', 'export_ready')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return /\/exports\/[\w-]+/.exec(mail.body_text)?.[0] ?? ''
}
const open = (url: string) => app.http.inject({ method: 'GET', url })
const listOf = (files: Map<string, Buffer>, name: string) => JSON.parse(String(files.get(name)))

test('the archive holds what the platform knows of the person, pictures included, and nobody else (D-01)', async () => {
  const user = await app.given.user({ name: 'Айгерім', balance: 500 })
  const other = await app.given.user({ name: 'Somebody Else', balance: 700 })
  for (const person of [user, other]) {
    await consent(person.account_id)
    expect((await photoOf(person.auth, await jpeg())).statusCode).toBe(201)
    await closer.call('POST', '/generations/generate', person, { prompt: `coat of ${person.email}` })
  }
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
  expect(await ask(user)).toMatchObject({ status: 202, body: { message: expect.any(String) } })
  await make(user)
  const answer = await open(await linkOf(user))
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/zip',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^attachment; filename="leema-[\d-]{10}\.zip"$/),
  })
  const files = unzip(answer.rawPayload)
  expect([...files.keys()].filter((name) => !name.startsWith('pictures/')).sort()).toEqual([
    'activity.json',
    'consents.json',
    'generations.json',
    'profile.json',
    'reviews.json',
    'sessions.json',
    'transactions.json',
    'wardrobe.json',
  ])
  expect(listOf(files, 'profile.json')).toMatchObject([{ name: 'Айгерім', email: user.email }])
  expect(listOf(files, 'consents.json')).toMatchObject([{ document: 'photo_processing' }])
  expect(listOf(files, 'sessions.json')).toMatchObject([{ ip: '127.0.0.1', platform: 'web' }])
  expect(listOf(files, 'transactions.json')).toMatchObject([{ type: 'ADJUSTMENT', amount: 5 }])
  expect(listOf(files, 'generations.json')).toMatchObject([{ prompt: `coat of ${user.email}` }])
  expect(listOf(files, 'reviews.json')).toMatchObject([{ rating: 5, comment: 'Good' }])
  expect(listOf(files, 'wardrobe.json')).toEqual([])
  expect(listOf(files, 'activity.json')).toMatchObject([{ action: 'identity.signed_in' }])
  const pictures = [...files].filter(([name]) => name.startsWith('pictures/'))
  expect(pictures).toHaveLength(1)
  expect((await sharp(pictures[0]?.[1]).metadata()).format).toBe('webp')
  const everything = [...files.values()].map(String).join('')
  for (const word of [other.email, 'Somebody Else', `"id": ${other.user_id},`])
    expect(everything).not.toContain(word)
})

test('every table that names a person is known to the copy or to the erasure (D-01)', async () => {
  const { rows } = await app.pool.query<{ place: string }>(`
    select distinct n.nspname || '.' || c.relname as place
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|pgboss|information_schema)' and (
      exists (
        select 1 from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f'
          and k.confrelid in ('identity.accounts'::regclass, 'identity.users'::regclass, 'identity.shops'::regclass))
      or exists (
        select 1 from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and a.attname in ('user_id', 'account_id', 'shop_id', 'profile_id',
          'email', 'ip', 'ip_address', 'to_address')))`)
  const known = app.compliance.personal_data.flatMap(({ tables }) => Object.keys(tables))
  // A note of which admin decided; the admin's own name goes with his profile.
  const staff_only = ['moderation.queue']
  const ledger = ['wallet.ledger_entries', 'wallet.balance_holds']
  expect(rows.map(({ place }) => place).toSorted()).toEqual([...known, ...staff_only, ...ledger].toSorted())
  expect(new Set(known).size).toBe(known.length)
})

test('one a day: of ten at once one is accepted, and the next tomorrow', async () => {
  const user = await app.given.user()
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(user)))
  expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 9 }, () => 429)])
  expect(await rowsOf(user)).toHaveLength(1)
  const response = await app.http.inject({
    method: 'GET',
    url: '/api/v1/users/me/export',
    headers: user.auth,
  })
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(86_000)
  await app.db
    .updateTable('compliance.exports')
    .set({ requested_at: new Date(app.clock.now().getTime() - DAY_MS) })
    .where('user_id', '=', user.user_id)
    .execute()
  expect((await ask(user)).status).toBe(202)
  const trail = await app.db
    .selectFrom('audit.logs')
    .select('id')
    .where('action', '=', 'compliance.export_requested')
    .where('user_id', '=', user.user_id)
    .execute()
  expect(trail).toHaveLength(2)
})

test('an unconfirmed address gets nothing', async () => {
  const user = await app.given.user({ verified: false })
  expect(await ask(user)).toMatchObject({ status: 403, body: { code: 'email_unverified' } })
  expect(await rowsOf(user)).toEqual([])
})

test('two runs of the job at once make one archive and one mail; the other stores nothing', async () => {
  const user = await app.given.user()
  await ask(user)
  const before = (await objects('exports/')).length
  await Promise.all([make(user), make(user)])
  expect((await objects('exports/')).length).toBe(before + 1)
  await closer.deliver()
  const mails = await app.db
    .selectFrom('notifications.mails')
    .select('id')
    .where('to_address', '=', user.email)
    .where('template', '=', 'export_ready')
    .execute()
  expect(mails).toHaveLength(1)
  expect((await newestOf(user)).status).toBe('ready')
  await make(user)
  expect((await objects('exports/')).length).toBe(before + 1)
})

test('what a run that died had stored is deleted by the next one', async () => {
  const user = await app.given.user()
  await ask(user)
  const { id } = await newestOf(user)
  const dead = 'exports/dead.zip'
  await app.blobs.put(dead, Buffer.from('half'), { content_type: 'application/zip', visibility: 'private' })
  await app.db
    .updateTable('compliance.exports')
    .set({ status: 'running', run_id: 'dead', storage_key: dead })
    .where('id', '=', id)
    .execute()
  await make(user)
  expect(await app.blobs.exists(dead)).toBe(false)
  expect((await open(await linkOf(user))).statusCode).toBe(200)
})

test('a copy that could not be made may be asked for again at once', async () => {
  const user = await app.given.user()
  await ask(user)
  const { id: export_id } = await newestOf(user)
  const broken = { ...app.compliance, personal_data: [{ slice: 'x', tables: {}, copy: breaking }] }
  await expect(makeExport(broken, { data: { export_id }, is_last_attempt: false })).rejects.toThrow('away')
  expect(await ask(user)).toMatchObject({ status: 429 })
  await expect(makeExport(broken, { data: { export_id }, is_last_attempt: true })).rejects.toThrow('away')
  expect((await newestOf(user)).status).toBe('failed')
  expect((await ask(user)).status).toBe(202)
})

async function* breaking() {
  yield { path: 'a.txt', open: async () => Readable.from([Buffer.from('a')]) }
  throw new Error('away')
}

test('a wrong link, another one of the kind, and one that had its time: 404', async () => {
  const user = await app.given.user()
  await ask(user)
  await make(user)
  const link = await linkOf(user)
  expect((await open(link)).statusCode).toBe(200)
  expect((await open(`${link.slice(0, -1)}x`)).statusCode).toBe(404)
  expect((await open('/exports/short')).statusCode).toBe(422)
  const { storage_key } = await newestOf(user)
  app.clock.advance(7 * DAY_MS)
  expect((await open(link)).statusCode).toBe(404)
  await sweep(app.compliance)
  expect(await rowsOf(user)).toEqual([])
  expect(await app.blobs.exists(String(storage_key))).toBe(false)
})

test('the link is not stored and never logged', async () => {
  const user = await app.given.user()
  await ask(user)
  await make(user)
  const link = await linkOf(user)
  await open(link)
  const token = link.split('/').at(-1) ?? ''
  expect(token.length).toBeGreaterThan(40)
  expect(app.logs.join('\n')).not.toContain(token)
  expect((await newestOf(user)).token_hash).not.toBe(token)
})

test('the copy goes with its person, also when it is being made', async () => {
  const user = await app.given.user()
  await ask(user)
  await make(user)
  const link = await linkOf(user)
  const before = (await objects('exports/')).length
  expect((await closer.eraseMe(user)).status).toBe(202)
  await closer.runErasures()
  expect((await open(link)).statusCode).toBe(404)
  expect((await objects('exports/')).length).toBe(before - 1)

  const other = await app.given.user()
  await ask(other)
  const { id: export_id } = await newestOf(other)
  const copy = () => eraseMeanwhile(other)
  const slow = { ...app.compliance, personal_data: [{ slice: 'x', tables: {}, copy }] }
  await makeExport(slow, { data: { export_id }, is_last_attempt: false })
  expect((await objects('exports/')).length).toBe(before - 1)
})

async function* eraseMeanwhile(user: GivenUser) {
  expect((await closer.eraseMe(user)).status).toBe(202)
  await closer.runErasures()
  yield { path: 'a.txt', open: async () => Readable.from([Buffer.from('a')]) }
}

test('an archive of 64 MB is made in the memory of a few blocks', async () => {
  const user = await app.given.user()
  await ask(user)
  const { id: export_id } = await newestOf(user)
  const block = Buffer.alloc(1_048_576, 7)
  async function* many() {
    for (let file = 0; file < 8; file += 1)
      yield { path: `${file}.bin`, open: async () => Readable.from(Array.from({ length: 8 }, () => block)) }
  }
  const large = { ...app.compliance, personal_data: [{ slice: 'x', tables: {}, copy: () => many() }] }
  const before = process.memoryUsage().rss
  await makeExport(large, { data: { export_id }, is_last_attempt: false })
  expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1_048_576)
  const { bytes, storage_key } = await newestOf(user)
  expect(bytes).toBeGreaterThan(64 * 1_048_576)
  const stored = await app.blobs.open(String(storage_key))
  if (!stored) throw new Error('no archive')
  expect(unzip(await buffer(stored.body)).size).toBe(8)
})
