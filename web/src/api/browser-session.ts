import { useSyncExternalStore } from 'react'
import {
  type AccountType,
  createSession,
  type SessionMessage,
  type SessionPorts,
  type StoredSession,
  type Tokens,
} from './session.ts'

const STORAGE_KEY = 'leema.session'
const NAME = 'leema.session'
/** A tab that had to wait for the lock gives the other tab's write to localStorage this long to become visible here. */
const STORAGE_SETTLE_MS = 60

export type { AccountType, Tokens } from './session.ts'

export const session = createSession(browserPorts())

export function useAccountType(): AccountType | null {
  return useSyncExternalStore(session.subscribe, session.accountType, () => null)
}

function browserPorts(): SessionPorts {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME)
  return {
    read: readStored,
    write: writeStored,
    exclusively,
    announce: (message) => channel?.postMessage(message),
    listen: (listener) =>
      channel?.addEventListener('message', (event: MessageEvent<SessionMessage>) => listener(event.data)),
    refresh,
    logout: async (refresh_token) => {
      await post('/api/v1/auth/logout', { refresh_token })
    },
    now_ms: Date.now,
  }
}

async function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
  // Only secure contexts have locks. Elsewhere (plain http in a home network) one tab at a time is assumed.
  if (!('locks' in navigator)) return work()
  let done: { result: Result } | null = null
  await navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    if (lock) done = { result: await work() }
  })
  if (done !== null) return (done as { result: Result }).result // assigned inside the callback, which the compiler cannot see
  return navigator.locks.request(NAME, async () => {
    await new Promise((resolve) => setTimeout(resolve, STORAGE_SETTLE_MS))
    return work()
  })
}

async function refresh(refresh_token: string): Promise<Tokens | 'refused'> {
  const response = await post('/api/v1/auth/refresh', { refresh_token })
  if (response.status === 401 || response.status === 403) return 'refused'
  const body: unknown = response.ok ? await response.json() : null
  if (isTokens(body)) return body
  throw new TypeError(`the session could not be renewed: ${response.status}`)
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Client-Platform': 'web' },
    body: JSON.stringify(body),
  })
}

function readStored(): StoredSession | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null')
    return isStored(stored) ? stored : null
  } catch {
    return null
  }
}

function writeStored(stored: StoredSession | null): void {
  try {
    if (stored) localStorage.setItem(STORAGE_KEY, JSON.stringify(stored))
    else localStorage.removeItem(STORAGE_KEY)
  } catch {
    // Storage is closed in some private modes; the session then lasts as long as the page.
  }
}

function isStored(value: unknown): value is StoredSession {
  return (
    typeof value === 'object' &&
    value !== null &&
    'refresh_token' in value &&
    typeof value.refresh_token === 'string' &&
    'account_type' in value &&
    (value.account_type === 'user' || value.account_type === 'shop')
  )
}

function isTokens(value: unknown): value is Tokens {
  return (
    typeof value === 'object' &&
    value !== null &&
    'access_token' in value &&
    typeof value.access_token === 'string' &&
    'refresh_token' in value &&
    typeof value.refresh_token === 'string'
  )
}
