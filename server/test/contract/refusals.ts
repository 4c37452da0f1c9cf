import { formOf, type TestPart } from '#domains/media/test-form.ts'
import type { Locale } from '#kernel/locale.ts'
import type { TestApp } from '#test/app.ts'
import { expectProblem } from './problems.ts'
import { createWorld, type Method, type World } from './world.ts'

export type Who = keyof World['people'] | 'guest'
export type Sent = {
  who: Who
  method?: Method
  url: string
  headers?: Record<string, string>
  payload?: string | Buffer | object
}
/** `own` are objects of the user and the shop, `others` those of the other user. */
export type At = {
  app: TestApp
  world: World
  own: { generation_id: number; photo_url: string; session_id: string; product_id: number; listed_id: number }
  others: { photo_url: string; generation_id: number }
}
/** What is sent, and its exact status and code. */
export type Case = [what: string, expected: string, sent: (at: At) => Sent | Promise<Sent>]

export const INVALID = '422 validation_failed'
export const GONE = '404 not_found'
export const BAD = '400 bad_request'
export const LARGE = '413 file_too_large'
export const TYPE = '415 unsupported_media'

export const get = (who: Who, url: string): Sent => ({ who, url })
export const post = (
  who: Who,
  url: string,
  payload: object | string,
  headers?: Record<string, string>,
): Sent => ({ who, method: 'POST', url, payload, ...(headers ? { headers } : {}) })
export const put = (who: Who, url: string, payload: object): Sent => ({
  ...post(who, url, payload),
  method: 'PUT',
})
export const del = (who: Who, url: string, payload?: object): Sent => ({
  who,
  method: 'DELETE',
  url,
  ...(payload ? { payload } : {}),
})
export const raw = (who: Who, url: string, text: string, type = 'application/json'): Sent =>
  post(who, url, text, { 'content-type': type })
export const form = (who: Who, url: string, parts: TestPart[]): Sent => ({
  who,
  method: 'POST',
  url,
  ...formOf(parts),
})
export const prompt = (text: unknown): Sent => post('user', '/generations/generate', { prompt: text })
export const tryOn = (product_id: unknown, user_image_url: string): Sent =>
  post('user', '/generations/try-on', { product_id, user_image_url })

export async function furnish(app: TestApp): Promise<At> {
  const world = await createWorld(app)
  const { user, shop, people } = world
  for (const { account_id } of Object.values(people))
    await app.db
      .insertInto('identity.consents')
      .values({ account_id, document: 'photo_processing', version: '1' })
      .execute()
  const generate = async (auth: Record<string, string>) => {
    const url = '/api/v1/generations/generate'
    const payload = { prompt: 'coat' }
    return (await app.http.inject({ method: 'POST', url, headers: auth, payload })).json().id
  }
  const own = {
    generation_id: await generate(user.auth),
    photo_url: (await app.given.picture(user.account_id, 'person')).url,
    session_id: (await world.sessionOf('user')).public_id,
    product_id: (await app.given.product({ shop, listed: false, images: 0 })).id,
    listed_id: (await app.given.product({ shop, admin: world.admin })).id,
  }
  const others = {
    photo_url: (await app.given.picture(people.other_user.account_id, 'person')).url,
    generation_id: await generate(people.other_user.auth),
  }
  return { app, world, own, others }
}

/** Sends it in this language. The answer is a complete problem; what it is, as `422 validation_failed`. */
export async function refusalOf(at: At, sent: Sent, locale: Locale): Promise<string> {
  const { who, url, headers, ...rest } = sent
  const auth = who === 'guest' ? {} : at.world.people[who].auth
  const response = await at.app.http.inject({
    method: 'GET',
    ...rest,
    url: `/api/v1${url}`,
    headers: { ...auth, ...headers, 'accept-language': locale },
  })
  const { status, code } = expectProblem(response, { locale })
  return `${status} ${code}`
}
