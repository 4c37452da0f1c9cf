import { describe, expect, test } from 'vitest'
import {
  createSession,
  type SessionMessage,
  type SessionPorts,
  type StoredSession,
  type Tokens,
} from './session.ts'

const HALF_HOUR_MS = 30 * 60_000

/** What two tabs of one browser share: storage, lock, channel, and the server behind them. */
function browser(start: StoredSession | null = null) {
  let stored = start
  let now_ms = 1_000_000_000_000
  let issued = 0
  let queue: Promise<unknown> = Promise.resolve()
  const tabs: Array<(message: SessionMessage) => void> = []
  const sent: string[] = []
  const loggedOut: string[] = []
  let valid = start?.refresh_token ?? null
  let answer: (refresh_token: string) => Promise<Tokens | 'refused'> = async (refresh_token) => {
    if (refresh_token !== valid) return 'refused'
    issued += 1
    valid = `refresh-${issued}`
    return { access_token: jwt(`access-${issued}`, now_ms + HALF_HOUR_MS), refresh_token: valid }
  }

  function open(options: { hears?: boolean } = {}) {
    const own: Array<(message: SessionMessage) => void> = []
    const ports: SessionPorts = {
      read: () => stored,
      write: (next) => {
        stored = next
      },
      exclusively: (work) => {
        const result = queue.then(work)
        queue = result.catch(() => undefined)
        return result
      },
      announce: (message) => {
        for (const tab of tabs) if (!own.includes(tab)) tab(message)
      },
      listen: (listener) => {
        own.push(listener)
        if (options.hears ?? true) tabs.push(listener)
      },
      refresh: async (refresh_token) => {
        sent.push(refresh_token)
        await Promise.resolve()
        return answer(refresh_token)
      },
      logout: async (refresh_token) => {
        loggedOut.push(refresh_token)
      },
      now_ms: () => now_ms,
    }
    return createSession(ports)
  }

  return {
    open,
    sent,
    loggedOut,
    stored: () => stored,
    pass: (ms: number) => {
      now_ms += ms
    },
    answerWith: (next: typeof answer) => {
      answer = next
    },
  }
}

function jwt(id: string, expires_ms: number): string {
  return `${id}.${btoa(JSON.stringify({ exp: expires_ms / 1000 }))}.x`
}

const signedIn: StoredSession = { refresh_token: 'refresh-0', account_type: 'user' }

describe('inside one tab', () => {
  test('ten requests at once renew once', async () => {
    const { open, sent } = browser(signedIn)
    const session = open()
    const tokens = await Promise.all(Array.from({ length: 10 }, () => session.accessToken()))
    expect(sent).toEqual(['refresh-0'])
    expect(new Set(tokens).size).toBe(1)
  })

  test('a token is used until shortly before its end, then renewed with the rotated refresh token', async () => {
    const { open, sent, pass } = browser(signedIn)
    const session = open()
    const first = await session.accessToken()
    pass(HALF_HOUR_MS - 31_000)
    expect(await session.accessToken()).toBe(first)
    pass(2_000)
    expect(await session.accessToken()).not.toBe(first)
    expect(sent).toEqual(['refresh-0', 'refresh-1'])
  })

  test('somebody who is not signed in costs no request', async () => {
    const { open, sent } = browser()
    expect(await open().accessToken()).toBeNull()
    expect(sent).toEqual([])
  })

  test('a refused renewal ends the session and forgets the token', async () => {
    const { open, stored, answerWith } = browser(signedIn)
    answerWith(async () => 'refused')
    const session = open()
    let heard = 0
    session.subscribe(() => {
      heard += 1
    })
    expect(await session.accessToken()).toBeNull()
    expect([session.accountType(), stored(), heard]).toEqual([null, null, 1])
  })

  test('a server that cannot be reached does not end the session', async () => {
    const { open, stored, answerWith } = browser(signedIn)
    answerWith(async () => {
      throw new TypeError('no network')
    })
    const session = open()
    await expect(session.accessToken()).rejects.toThrow('no network')
    expect([session.accountType(), stored()]).toEqual(['user', signedIn])
  })

  test('signing out forgets everything first and tells the server', async () => {
    const { open, stored, loggedOut } = browser(signedIn)
    const session = open()
    await session.signOut()
    expect([session.accountType(), stored(), loggedOut]).toEqual([null, null, ['refresh-0']])
    expect(await session.accessToken()).toBeNull()
  })
})

describe('between tabs', () => {
  test('two tabs that wake together never send the same refresh token', async () => {
    const { open, sent } = browser(signedIn)
    const [one, two] = [open(), open()]
    const tokens = await Promise.all([one.accessToken(), two.accessToken()])
    expect(sent).toEqual(['refresh-0'])
    expect(tokens[0]).toBe(tokens[1])
  })

  test('a tab that hears nothing goes on with the rotated token', async () => {
    const { open, sent } = browser(signedIn)
    const [one, deaf] = [open(), open({ hears: false })]
    await Promise.all([one.accessToken(), deaf.accessToken()])
    expect(sent).toEqual(['refresh-0', 'refresh-1'])
    expect(deaf.accountType()).toBe('user')
  })

  test('signing in and out in one tab is seen in the other', async () => {
    const { open } = browser()
    const [one, two] = [open(), open()]
    one.start({ access_token: jwt('a', 2_000_000_000_000), refresh_token: 'r' }, 'shop')
    expect(two.accountType()).toBe('shop')
    expect(await two.accessToken()).toBe(await one.accessToken())
    await one.signOut()
    expect(two.accountType()).toBeNull()
  })
})

test('a token that the server has refused is replaced although it looks fresh', async () => {
  const { open, sent } = browser(signedIn)
  const session = open()
  const refused = await session.accessToken()
  const renewed = await session.renew(refused)
  expect(renewed).not.toBe(refused)
  expect(sent).toEqual(['refresh-0', 'refresh-1'])
})
