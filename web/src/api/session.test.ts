import { describe, expect, test } from 'vitest'
import { createSession, type Handed, type Kept, type Mark, type SessionPorts } from './session.ts'

const LIFE_S = 30 * 60
const LIFE_MS = LIFE_S * 1_000
const NOW_MS = 1_000_000_000_000

/** A server with one cookie jar in front of it: which session its cookies are of, and how often it was renewed. */
function server(start: string | null) {
  let cookie_of = start
  const calls: string[] = []
  const handed = (session_id: string): Handed => ({
    session_id,
    csrf_token: `csrf of ${session_id}`,
    expires_in: LIFE_S,
  })
  const answers = {
    refresh: async (): Promise<Handed | 'refused'> => (cookie_of === null ? 'refused' : handed(cookie_of)),
    csrf: async (): Promise<Handed | 'refused'> => (cookie_of === null ? 'refused' : handed(cookie_of)),
    logout: async (): Promise<void> => {
      cookie_of = null
    },
  }
  return {
    calls,
    answers,
    handed,
    cookieOf: () => cookie_of,
    setCookies: (session_id: string | null) => {
      cookie_of = session_id
    },
    ask: async <Answer>(name: keyof typeof answers, answer: () => Promise<Answer>) => {
      calls.push(name)
      await Promise.resolve()
      return answer()
    },
  }
}

/** What the tabs of one browser share: storage, lock, cookies. */
function browser(start: Kept = null) {
  let stored = start
  let now_ms = NOW_MS
  let queue: Promise<unknown> = Promise.resolve()
  const tabs: Array<(kept: Kept) => void> = []
  const behind = server(start !== null && 'session_id' in start ? start.session_id : null)

  function open(options: { hears?: boolean } = {}) {
    const own: Array<(kept: Kept) => void> = []
    const ports: SessionPorts = {
      read: () => stored,
      write: (kept) => {
        stored = kept
        for (const tab of tabs) if (!own.includes(tab)) tab(kept)
      },
      listen: (listener) => {
        own.push(listener)
        if (options.hears ?? true) tabs.push(listener)
      },
      exclusively: (work) => {
        const result = queue.then(work)
        queue = result.catch(() => undefined)
        return result
      },
      refresh: () => behind.ask('refresh', behind.answers.refresh),
      csrf: () => behind.ask('csrf', behind.answers.csrf),
      logout: () => behind.ask('logout', behind.answers.logout),
      now_ms: () => now_ms,
    }
    return createSession(ports)
  }

  return {
    open,
    ...behind,
    stored: () => stored,
    pass: (ms: number) => {
      now_ms += ms
    },
    /** Another tab signs in: first the cookies are there, a moment later its mark. */
    signInElsewhere: (session_id: string) => {
      behind.setCookies(session_id)
      return () => {
        stored = { account_type: 'shop', session_id, renewals: 0, fresh_until_ms: now_ms + LIFE_MS }
      }
    },
  }
}

const signedIn: Mark = {
  account_type: 'user',
  session_id: 's1',
  renewals: 0,
  fresh_until_ms: NOW_MS + LIFE_MS,
}
const stale: Mark = { ...signedIn, fresh_until_ms: NOW_MS }
const offline = () => Promise.reject(new TypeError('no network'))

describe('inside one tab', () => {
  test('ten requests at once renew once', async () => {
    const { open, calls } = browser(stale)
    const session = open()
    const visits = await Promise.all(Array.from({ length: 10 }, () => session.visit(false)))
    expect(calls).toEqual(['refresh'])
    expect(new Set(visits.map(({ mark }) => mark?.renewals))).toEqual(new Set([1]))
  })

  test('nothing is renewed until shortly before the end', async () => {
    const { open, calls, pass } = browser(signedIn)
    const session = open()
    pass(LIFE_MS - 31_000)
    await session.visit(false)
    expect(calls).toEqual([])
    pass(2_000)
    await session.visit(false)
    await session.visit(false)
    expect(calls).toEqual(['refresh'])
  })

  test('somebody who is not signed in costs no request', async () => {
    const { open, calls } = browser()
    expect(await open().visit(true)).toEqual({ mark: null, csrf_token: null })
    expect(calls).toEqual([])
  })

  test('a page loaded anew asks for its CSRF token once, and only for a change', async () => {
    const { open, calls } = browser(signedIn)
    const session = open()
    expect((await session.visit(false)).csrf_token).toBeNull()
    expect(calls).toEqual([])
    const visits = await Promise.all([session.visit(true), session.visit(true)])
    expect(visits.map(({ csrf_token }) => csrf_token)).toEqual(['csrf of s1', 'csrf of s1'])
    expect((await session.visit(true)).csrf_token).toBe('csrf of s1')
    expect(calls).toEqual(['csrf'])
  })

  test('a renewal brings the CSRF token along', async () => {
    const { open, calls } = browser(stale)
    expect((await open().visit(true)).csrf_token).toBe('csrf of s1')
    expect(calls).toEqual(['refresh'])
  })

  test('when asking for the CSRF token finds the session dead, it is renewed', async () => {
    const { open, calls, answers } = browser(signedIn)
    answers.csrf = async () => 'refused'
    expect((await open().visit(true)).csrf_token).toBe('csrf of s1')
    expect(calls).toEqual(['csrf', 'refresh'])
  })

  test('a refused renewal ends the session, once for everybody who listens', async () => {
    const { open, stored, setCookies } = browser(stale)
    setCookies(null)
    const session = open()
    let heard = 0
    session.subscribe(() => {
      heard += 1
    })
    expect(await session.visit(true)).toEqual({ mark: null, csrf_token: null })
    expect([session.accountType(), stored(), heard]).toEqual([null, null, 1])
  })

  test('a server that cannot be reached does not end the session', async () => {
    const { open, stored, answers } = browser(stale)
    answers.refresh = offline
    const session = open()
    await expect(session.visit(false)).rejects.toThrow('no network')
    expect([session.accountType(), stored()]).toEqual(['user', stale])
  })

  test('a renewal is nothing that the page has to hear of', async () => {
    const { open } = browser(stale)
    const session = open()
    let heard = 0
    session.subscribe(() => {
      heard += 1
    })
    await session.visit(false)
    expect(heard).toBe(0)
  })
})

describe('after a refusal', () => {
  test.each(['token_expired', 'token_revoked', 'role_changed', 'not_authenticated'])(
    '%s renews a session that looked fresh and repeats with it',
    async (code) => {
      const { open, calls } = browser(signedIn)
      const session = open()
      const sent = await session.visit(false)
      expect(await session.heal(sent, code, true)).toMatchObject({ csrf_token: 'csrf of s1' })
      expect(calls).toEqual(['refresh'])
    },
  )

  test('ten refused requests renew once, also those that come late', async () => {
    const { open, calls } = browser(signedIn)
    const session = open()
    const sent = await session.visit(false)
    await Promise.all(Array.from({ length: 10 }, () => session.heal(sent, 'token_expired', false)))
    await session.heal(sent, 'token_expired', false)
    expect(calls).toEqual(['refresh'])
  })

  test.each(['invalid_credentials', 'invalid_code', 'reauth_required', 'validation_failed', 'admin_only'])(
    '%s is an answer: nothing is renewed and nothing repeated',
    async (code) => {
      const { open, calls } = browser(signedIn)
      const session = open()
      expect(await session.heal(await session.visit(false), code, true)).toBeNull()
      expect(calls).toEqual([])
    },
  )

  test('a guest’s refusal asks nobody', async () => {
    const { open, calls } = browser()
    const session = open()
    expect(await session.heal(await session.visit(true), 'not_authenticated', true)).toBeNull()
    expect(calls).toEqual([])
  })

  test('a CSRF token that the server does not know any more is fetched anew', async () => {
    const { open, answers, handed } = browser(signedIn)
    const session = open()
    const sent = await session.visit(true)
    answers.csrf = async () => ({ ...handed('s1'), csrf_token: 'a new key made this one' })
    expect(await session.heal(sent, 'csrf_failed', true)).toMatchObject({
      csrf_token: 'a new key made this one',
    })
    expect((await session.visit(true)).csrf_token).toBe('a new key made this one')
  })

  test('when the CSRF token is still the same, repeating would not help', async () => {
    const { open } = browser(signedIn)
    const session = open()
    expect(await session.heal(await session.visit(true), 'csrf_failed', true)).toBeNull()
  })
})

describe('another session in the same browser', () => {
  test('a change that was meant for one session is never repeated in another, whose page shows instead', async () => {
    const { open, signInElsewhere } = browser(signedIn)
    const deaf = open({ hears: false })
    const sent = await deaf.visit(true)
    signInElsewhere('s2')()
    expect(await deaf.heal(sent, 'csrf_failed', true)).toBeNull()
    expect(deaf.accountType()).toBe('shop')
  })

  test('the same while the other tab’s mark is not there yet: the server’s answer tells', async () => {
    const { open, signInElsewhere } = browser(signedIn)
    const session = open()
    const sent = await session.visit(true)
    signInElsewhere('s2')
    expect(await session.heal(sent, 'csrf_failed', true)).toBeNull()
    expect(await session.heal(sent, 'token_expired', true)).toBeNull()
  })

  test('a change in a page that does not know yet goes out without a token, so that the server refuses it', async () => {
    const { open, signInElsewhere } = browser(signedIn)
    const session = open()
    signInElsewhere('s2')
    expect((await session.visit(true)).csrf_token).toBeNull()
  })

  test('a renewal that met the cookies of another session does not overwrite its mark', async () => {
    const { open, signInElsewhere, stored, answers, handed } = browser(stale)
    const session = open()
    const markIsThere = signInElsewhere('s2')
    answers.refresh = async () => {
      markIsThere()
      return handed('s2')
    }
    await session.visit(false)
    expect(stored()).toMatchObject({ session_id: 's2', account_type: 'shop', renewals: 0 })
    expect(session.accountType()).toBe('shop')
  })

  test('going on as a shop replaces the session and its CSRF token', async () => {
    const { open, handed, setCookies, calls } = browser(signedIn)
    const session = open()
    await session.visit(true)
    setCookies('s2')
    session.start(handed('s2'), 'shop')
    expect(session.accountType()).toBe('shop')
    expect((await session.visit(true)).csrf_token).toBe('csrf of s2')
    expect(calls).toEqual(['csrf'])
  })
})

describe('between tabs', () => {
  test('two tabs that wake together never send the same refresh cookie', async () => {
    const { open, calls } = browser(stale)
    const [one, two] = [open(), open()]
    await Promise.all([one.visit(false), two.visit(false)])
    expect(calls).toEqual(['refresh'])
  })

  test('a tab that hears nothing sees under the lock that another one has renewed', async () => {
    const { open, calls } = browser(stale)
    const [one, deaf] = [open(), open({ hears: false })]
    const visits = await Promise.all([one.visit(false), deaf.visit(false)])
    expect(calls).toEqual(['refresh'])
    expect(visits.map(({ mark }) => mark?.renewals)).toEqual([1, 1])
    expect(deaf.accountType()).toBe('user')
  })

  test('after a renewal in another tab the CSRF token of this one is still good', async () => {
    const { open, calls, pass } = browser(signedIn)
    const [one, two] = [open(), open()]
    await one.visit(true)
    pass(LIFE_MS)
    await two.visit(true)
    expect(await one.visit(true)).toMatchObject({ csrf_token: 'csrf of s1', mark: { renewals: 1 } })
    expect(calls).toEqual(['csrf', 'refresh'])
  })

  test('signing in and out in one tab is seen in the other', async () => {
    const { open, handed, setCookies } = browser()
    const [one, two] = [open(), open()]
    setCookies('s1')
    one.start(handed('s1'), 'shop')
    expect(two.accountType()).toBe('shop')
    expect((await two.visit(true)).csrf_token).toBe('csrf of s1')
    await one.signOut()
    expect(two.accountType()).toBeNull()
  })

  test('a request that sets cookies waits for a renewal under way', async () => {
    const { open, answers, handed } = browser(stale)
    const [one, two] = [open(), open()]
    const order: string[] = []
    answers.refresh = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      order.push('renewed')
      return handed('s1')
    }
    const renewing = one.visit(false)
    await Promise.resolve()
    await two.exclusively(async () => order.push('signed in'))
    await renewing
    expect(order).toEqual(['renewed', 'signed in'])
  })
})

describe('signing out', () => {
  test('forgets everything first and tells the server', async () => {
    const { open, stored, calls, cookieOf } = browser(signedIn)
    const session = open()
    const done = session.signOut()
    expect(session.accountType()).toBeNull()
    await done
    expect([stored(), calls, cookieOf()]).toEqual([null, ['logout'], null])
    expect(await session.visit(true)).toEqual({ mark: null, csrf_token: null })
  })

  test('without a connection it is signed out here, and the server is told before the next request', async () => {
    const { open, calls, answers, cookieOf, setCookies } = browser(signedIn)
    const session = open()
    answers.logout = offline
    await session.signOut()
    expect([session.accountType(), cookieOf()]).toEqual([null, 's1'])
    answers.logout = async () => setCookies(null)
    const loaded_anew = open()
    expect(loaded_anew.accountType()).toBeNull()
    await loaded_anew.visit(false)
    await loaded_anew.visit(false)
    expect([calls, cookieOf()]).toEqual([['logout', 'logout'], null])
  })

  test('a renewal that ends after it does not bring the session back', async () => {
    const { open, answers, handed, stored, cookieOf } = browser(stale)
    const session = open()
    let release: () => void = () => undefined
    answers.refresh = () =>
      new Promise((resolve) => {
        release = () => resolve(handed('s1'))
      })
    const reading = session.visit(false)
    await new Promise((resolve) => setTimeout(resolve, 1))
    const leaving = session.signOut()
    release()
    expect((await reading).mark).toBeNull()
    await leaving
    expect([session.accountType(), stored(), cookieOf()]).toEqual([null, null, null])
  })

  test('a session that the server has ended is forgotten without asking it', async () => {
    const { open, calls, stored } = browser(signedIn)
    const session = open()
    session.end()
    expect([session.accountType(), stored(), calls]).toEqual([null, null, []])
  })
})
