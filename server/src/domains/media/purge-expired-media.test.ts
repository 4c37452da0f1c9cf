import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { HOUR_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop } from '#test/given.ts'
import { linkMedia, mediaUrl, storePicture, unlinkMedia } from './public.ts'
import { purgeExpiredMedia } from './purge-expired-media.ts'
import * as picture from './test-pictures.ts'
import { pathOf } from './test-uploads.ts'

let app: TestApp
let shop: GivenShop

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop()
})
afterAll(() => app.stop())

describe('what nothing refers to goes', () => {
  test('temporary files and all their sizes are deleted after their end, linked ones stay', async () => {
    const bytes = await picture.jpeg(700, 900)
    const make = () => storePicture(app.media, { owner_account_id: shop.account_id, kind: 'product', bytes })
    const [temporary, linked, unlinked] = [await make(), await make(), await make()]
    const keys = [linked.storage_key, unlinked.storage_key]
    await inTransaction(app.db, (tx) => linkMedia(tx, keys, app.clock.now()))
    await app.http.inject(pathOf(mediaUrl(app.media, temporary, { width: 320 })))
    const now = app.clock.now()
    app.clock.advance(25 * HOUR_MS)
    await inTransaction(app.db, (tx) => unlinkMedia(tx, [unlinked.storage_key], app.clock.now()))
    await purgeExpiredMedia(app.media)
    expect(await left([temporary, linked, unlinked])).toEqual([
      [false, 0],
      [true, 1],
      [true, 1],
    ])
    app.clock.advance(25 * HOUR_MS)
    await purgeExpiredMedia(app.media)
    expect(await left([linked, unlinked])).toEqual([
      [true, 1],
      [false, 0],
    ])
    app.clock.set(now)
  })

  test('a run that stopped after marking is finished by the next, and a marked file is served to nobody', async () => {
    const file = await app.given.picture(shop.account_id, 'product')
    const past = new Date(app.clock.now().getTime() - 1_000)
    await app.db
      .updateTable('media.files')
      .set({ deleted_at: past, expires_at: past })
      .where('id', '=', file.id)
      .execute()
    expect((await app.http.inject(pathOf(file.url))).statusCode).toBe(404)
    await purgeExpiredMedia(app.media)
    expect(await left([file])).toEqual([[false, 0]])
  })

  async function left(files: { id: number; storage_key: string }[]) {
    const objects: string[] = []
    for await (const { key } of app.blobs.list('')) objects.push(key)
    const rows = await app.db.selectFrom('media.files').select('id').execute()
    return files.map((file) => [
      rows.some((row) => row.id === file.id),
      objects.filter((key) => key.includes(file.storage_key)).length,
    ])
  }
})
