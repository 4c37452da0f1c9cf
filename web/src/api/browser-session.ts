import { useSyncExternalStore } from 'react'
import {
  type AccountType,
  createSession,
  type Handed,
  type Kept,
  type Leaving,
  type Mark,
  type SessionPorts,
  type Shown,
} from './session.ts'

const STORAGE_KEY = 'leema.signed-in'
const LOCK = 'leema.session'
/** Where the first release kept a refresh token. */
const OLD_KEY = 'leema.session'

export type { AccountType } from './session.ts'

const { start, ...rest } = createSession(browserPorts())

/** An answer to a sign-in. With cookies it has no tokens; the contract allows both. */
type Answered = { token_type: 'bearer' } & { [Member in keyof Handed]?: Handed[Member] | null }

export const session = {
  ...rest,
  /** From the answer to a sign-in on; its cookies are in the browser by then. */
  start(answer: Answered, account_type: AccountType): void {
    const { csrf_token, session_id, expires_in } = answer
    if (!csrf_token || !session_id || !expires_in) throw new TypeError('a sign-in without cookies')
    start({ csrf_token, session_id, expires_in }, account_type)
  },
}

/** What every request says of itself. */
export const CLIENT_HEADERS = { 'X-Client-Platform': 'web', 'X-Client-Session': 'cookie' } as const

export function useAccountType(): AccountType | null {
  return useSyncExternalStore(session.subscribe, session.accountType, () => null)
}

function browserPorts(): SessionPorts {
  forgetOldTokens()
  // Storage is closed in some private modes; the mark then lasts as long as the page.
  let unstored: Kept = null
  function read(): Kept {
    try {
      return parseKept(localStorage.getItem(STORAGE_KEY))
    } catch {
      return unstored
    }
  }
  return {
    read,
    write(kept) {
      unstored = kept
      try {
        if (kept) localStorage.setItem(STORAGE_KEY, JSON.stringify(kept))
        else localStorage.removeItem(STORAGE_KEY)
      } catch {
        // See above.
      }
    },
    listen: (listener) => listen(listener, read),
    exclusively,
    refresh: async () => readAnswer(await call('POST', '/api/v1/auth/refresh'), isHanded),
    csrf: async () => readAnswer(await call('GET', '/api/v1/auth/csrf'), isShown),
    async logout() {
      const { status } = await call('POST', '/api/v1/auth/logout')
      if (status >= 500 || status === 429) throw new TypeError(`not logged out: ${status}`)
    },
    now_ms: Date.now,
  }
}

function listen(listener: (kept: Kept) => void, read: () => Kept): void {
  if (typeof window === 'undefined') return
  // Told to the other tabs only; without a key when everything has been cleared.
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === STORAGE_KEY || key === null) listener(key === null ? null : parseKept(newValue))
  })
  // A page that comes back from the browser's memory has heard of nothing.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) listener(read())
  })
}

function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
  // Only secure contexts have locks. Elsewhere (plain http in a home network) one tab at a time is assumed.
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return work()
  return navigator.locks.request(LOCK, work)
}

/** Goes on when the reader leaves the page: a cookie that was changed for another must not get lost on the way. */
function call(method: 'GET' | 'POST', path: string): Promise<Response> {
  return fetch(path, { method, headers: CLIENT_HEADERS, keepalive: true })
}

/** `refused` when the session is over; throws when the server could not say. */
async function readAnswer<Answer>(
  response: Response,
  isAnswer: (body: unknown) => body is Answer,
): Promise<Answer | 'refused'> {
  if (response.status === 401 || response.status === 403) return 'refused'
  const body: unknown = response.ok ? await response.json() : null
  if (isAnswer(body)) return body
  throw new TypeError(`the session could not be renewed: ${response.status}`)
}

function parseKept(text: string | null): Kept {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isMark(value) || isLeaving(value) ? value : null
  } catch {
    return null
  }
}

function isMark(value: unknown): value is Mark {
  return (
    hasMembers(value, { session_id: 'string', renewals: 'number', fresh_until_ms: 'number' }) &&
    'account_type' in value &&
    (value.account_type === 'user' || value.account_type === 'shop')
  )
}

function isLeaving(value: unknown): value is Leaving {
  return hasMembers(value, { leaving: 'string' })
}

function isShown(value: unknown): value is Shown {
  return hasMembers(value, { csrf_token: 'string', session_id: 'string' })
}

function isHanded(value: unknown): value is Handed {
  return isShown(value) && hasMembers(value, { expires_in: 'number' })
}

function hasMembers(value: unknown, members: Record<string, 'string' | 'number'>): value is object {
  if (typeof value !== 'object' || value === null) return false
  const given: Record<string, unknown> = { ...value }
  return Object.entries(members).every(([name, type]) => typeof given[name] === type)
}

function forgetOldTokens(): void {
  try {
    localStorage.removeItem(OLD_KEY)
  } catch {
    // Storage that is closed has nothing in it.
  }
}
