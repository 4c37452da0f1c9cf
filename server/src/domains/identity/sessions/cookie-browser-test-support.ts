import { startTestApp, type TestApp } from '#test/app.ts'
import { createClient, PASSWORD } from '../test-support.ts'

export const SITE = 'https://www.leema.test'
const API = 'https://api.leema.test'

/** Site and API on hosts of their own, over https, as in production. */
export function startHttpsApp(): Promise<TestApp> {
  return startTestApp({ env: { PUBLIC_URL: API, SITE_URL: SITE } })
}

export type Options = { payload?: object | string; headers?: Record<string, string>; origin?: string | null }

/** A browser on a page of the site: keeps cookies, sends its origin, asks for cookies. */
export function createBrowser(on: TestApp, page_origin = SITE) {
  const cookies = new Map<string, string>()
  const set_cookies: string[] = []

  async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options: Options = {}) {
    const { payload, headers, origin = page_origin } = options
    const response = await on.http.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        'x-client-session': 'cookie',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(origin === null ? {} : { origin }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      set_cookies.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0(;|$)/.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const is_json = String(response.headers['content-type'] ?? '').includes('json')
    const body = is_json ? response.json<Record<string, unknown>>() : {}
    return { status: response.statusCode, body, response }
  }

  return { call, cookies, set_cookies }
}

export type Browser = ReturnType<typeof createBrowser>
const person = { password: PASSWORD, name: 'Aida', account_type: 'user', platform: 'web', consents: [] }

/** Somebody who has just signed up in a browser. */
export async function signedIn(on: TestApp, origin = SITE) {
  const browser = createBrowser(on, origin)
  const email = createClient(on).newEmail()
  const { body, status } = await browser.call('POST', '/auth/register', { payload: { ...person, email } })
  return { browser, email, status, body, csrf: String(body.csrf_token) }
}
