import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { linkMedia, resolveOwnedMedia } from './public.ts'

let app: TestApp
let shop: GivenShop
let person: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop()
  person = await app.given.user()
})
afterAll(() => app.stop())

describe('addresses that clients give back', () => {
  const own_kinds = ['person', 'product'] as const
  const resolve = async (urls: string[], account_id: number, product_pictures = false) => {
    const rules = { media_origin: app.config.media_origin, account_id, own_kinds, product_pictures }
    const files = await resolveOwnedMedia(app.db, urls, rules)
    return files.map((file) => file?.storage_key ?? null)
  }

  test('own pictures are found by address or path, with or without a signature, at any width', async () => {
    const { url, storage_key } = await app.given.picture(person.account_id, 'person')
    const path = new URL(url).pathname
    const urls = [url, path, path.replace('original', '640'), `http://localhost:8000${path}`]
    expect(await resolve(urls, person.account_id)).toEqual(Array(4).fill(storage_key))
  })

  test('everything else is nobody: foreign pictures, foreign hosts, paths, other schemes', async () => {
    const { url, storage_key } = await app.given.picture(person.account_id, 'person')
    const path = new URL(url).pathname
    expect(await resolve([url], shop.account_id)).toEqual([null])
    const strange = [
      `https://evil.example${path}`,
      `//evil.example${path}`,
      `http://localhost:8000@evil.example${path}`,
      `file://${path}`,
      `/media/../media/${storage_key}/../../etc/passwd`,
      '../../etc/passwd',
      'data:image/png;base64,AAAA',
      storage_key,
      '',
    ]
    expect(await resolve(strange, person.account_id)).toEqual(strange.map(() => null))
  })

  test('pictures of cards are for everybody where the caller allows it, temporary ones are not', async () => {
    const file = await app.given.picture(shop.account_id, 'product')
    expect(await resolve([file.url], person.account_id, true)).toEqual([null])
    await inTransaction(app.db, (tx) => linkMedia(tx, [file.storage_key], app.clock.now()))
    expect(await resolve([file.url], person.account_id, true)).toEqual([file.storage_key])
    expect(await resolve([file.url], person.account_id, false)).toEqual([null])
  })
})
