import { currentLanguage } from '../lib/i18n/language.ts'
import { CLIENT_HEADERS, session } from './browser-session.ts'
import type { Visit } from './session.ts'

type Trying<Answer> = {
  attempt: (headers: Record<string, string>) => Promise<Answer>
  /** Code of a refusal; null for a success. */
  codeOf: (answer: Answer) => Promise<string | null>
}

/**
 * One request with the language, the platform and, for a change, the CSRF token; the cookies go along by themselves.
 * Repeated once when its session had to be renewed or its CSRF token was another.
 */
export async function signedIn<Answer>(
  is_change: boolean,
  { attempt, codeOf }: Trying<Answer>,
): Promise<Answer> {
  const visit = await session.visit(is_change)
  const answer = await attempt(headersOf(visit))
  const code = await codeOf(answer)
  const again = code === null ? null : await session.heal(visit, code, is_change)
  return again === null ? answer : attempt(headersOf(again))
}

function headersOf({ csrf_token }: Visit): Record<string, string> {
  return {
    'Accept-Language': currentLanguage(),
    ...CLIENT_HEADERS,
    ...(csrf_token === null ? {} : { 'X-CSRF-Token': csrf_token }),
  }
}
