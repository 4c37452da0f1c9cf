import createClient from 'openapi-fetch'
import { session } from './browser-session.ts'
import type { paths } from './generated/schema.ts'
import { ApiProblem } from './problem.ts'
import { signedIn } from './signed-in.ts'
import { stepUp } from './step-up.ts'

/** Answers below it may set the cookies of the session. */
const AUTH_PATH = '/api/v1/auth/'

/** Typed by the committed contract; every request of the site goes through it. */
export const api = createClient<paths>({ baseUrl: '', fetch: send })

/** Data of a successful answer; throws `ApiProblem` for every other one. */
export async function answer<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<NonNullable<Data>> {
  const { data, error, response } = await call.catch(noAnswer)
  if (response.ok && data !== undefined && data !== null) return data
  const retry_after_s = Number(response.headers.get('Retry-After'))
  throw new ApiProblem(response.status, error, retry_after_s > 0 ? retry_after_s : null)
}

export type Idempotency = { 'Idempotency-Key': string }

/** For operations that start work or move money: the server does them once however often the request arrives. */
export function idempotencyKey(): Idempotency {
  return { 'Idempotency-Key': randomKey() }
}

/** One request of the site; sent once more when the server wanted a recent proof and the person has just given it. */
export async function send(request: Request): Promise<Response> {
  // The body of a request can be read once; the copy is for the second try.
  const again = request.clone()
  const response = await sendSignedIn(request)
  if (response.status !== 401 || (await codeOf(response)) !== 'reauth_required') return response
  return (await stepUp()) ? sendSignedIn(again) : response
}

async function sendSignedIn(request: Request): Promise<Response> {
  const attempts = [request.clone(), request]
  const is_change = !['GET', 'HEAD'].includes(request.method)
  return signedIn(is_change, {
    attempt: (headers) => fetchWith(attempts.pop() ?? request, headers),
    codeOf: async (response) => (response.ok ? null : codeOf(response)),
  })
}

function fetchWith(request: Request, headers: Record<string, string>): Promise<Response> {
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
  const may_set_cookies = request.method === 'POST' && new URL(request.url).pathname.startsWith(AUTH_PATH)
  return may_set_cookies ? session.exclusively(() => fetch(request)) : fetch(request)
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  return new ApiProblem(response.status, body).code
}

function noAnswer(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
  throw new ApiProblem(0, null)
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
