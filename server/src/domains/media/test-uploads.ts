import type { FastifyInstance } from 'fastify'
import type { Blobs } from '#infra/blobs.ts'
import type { Db } from '#infra/db.ts'
import { formOf, type TestPart } from './test-form.ts'

type Auth = { authorization?: string }
type Running = { http: Pick<FastifyInstance, 'inject'>; db: Db; blobs: Blobs }

/** Uploads, and what they leave behind, for the tests of media. */
export function testUploads(running: () => Running) {
  async function objects(part = ''): Promise<string[]> {
    const keys: string[] = []
    for await (const { key } of running().blobs.list('')) if (key.includes(part)) keys.push(key)
    return keys
  }
  function post(url: string, auth: Auth, parts: TestPart[]) {
    const { payload, headers } = formOf(parts)
    return running().http.inject({ method: 'POST', url, payload, headers: { ...headers, ...auth } })
  }
  return {
    post,
    photoOf: (auth: Auth, bytes: Buffer) =>
      post('/api/v1/media/person-photos', auth, [{ name: 'file', filename: 'me.jpg', bytes }]),
    imagesOf: (auth: Auth, files: Buffer[]) =>
      post(
        '/api/v1/products/upload-images',
        auth,
        files.map((bytes, index) => ({ name: 'files', filename: `${index}.jpg`, bytes })),
      ),
    consent: (account_id: number) =>
      running()
        .db.insertInto('identity.consents')
        .values({ account_id, document: 'photo_processing', version: '1' })
        .execute(),
    /** Everything that an upload could leave behind. */
    stored: async () => {
      const rows = await running().db.selectFrom('media.files').select('id').execute()
      return { rows: rows.length, blobs: (await objects()).length }
    },
    /** Names of the store's objects that contain this text. */
    objects,
  }
}

/** Path and query of an absolute address. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}
