/**
 * The one place that knows how a signed-in browser stays signed in. The tokens are in cookies that no script reads; a
 * page only keeps a mark that all tabs share: as what, and in which session, the browser is signed in. Nothing in it
 * opens anything, the server goes by its cookies. A refresh cookie works once (contract 2.1, rotation), so two tabs must
 * never send the same one: renewing is single-flight inside a tab and under a named lock between tabs.
 */
export type AccountType = 'user' | 'shop'
export type Mark = {
  account_type: AccountType
  session_id: string
  /** Counts the renewals, so that a tab sees whether another one has been quicker. */
  renewals: number
  fresh_until_ms: number
}
/** Signed out here, and the server has not heard of it yet. Only it can take its cookies away. */
export type Leaving = { leaving: string }
export type Kept = Mark | Leaving | null
/** What a page may see of a cookie session. */
export type Shown = { csrf_token: string; session_id: string }
/** What stands in an answer in place of tokens. */
export type Handed = Shown & { expires_in: number }
/** What one request goes out with. The CSRF token is for changes; without it the server refuses them. */
export type Visit = { mark: Mark | null; csrf_token: string | null }

/** Everything the session touches outside itself. */
export type SessionPorts = {
  read(): Kept
  /** Keeps it for all tabs, and tells the others. */
  write(kept: Kept): void
  /** What another tab has kept. */
  listen(listener: (kept: Kept) => void): void
  /** Runs `work` while no other tab runs its own. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  /** `refused` when the server says the session is over; throws when it could not be asked. */
  refresh(): Promise<Handed | 'refused'>
  csrf(): Promise<Shown | 'refused'>
  /** Throws while the server cannot do it. */
  logout(): Promise<void>
  now_ms(): number
}

export type Session = ReturnType<typeof createSession>

/** Renewed this long before the end, so that a request under way does not arrive with a dead cookie. */
const MARGIN_MS = 30_000
/** Other 401s, such as a wrong password or code, are answers and not a matter of the session. */
const SESSION_PROBLEMS = ['token_expired', 'token_revoked', 'role_changed', 'not_authenticated']

export function createSession(ports: SessionPorts) {
  const marks = createMarks(ports)
  const renewal = createRenewal(ports, marks)

  /** Nothing goes out with the cookies of somebody who has signed out, if it can be helped. */
  async function leave(): Promise<void> {
    const left = marks.leaving()
    // Without the server it stays to be done, and the next request tries again.
    if (left !== null) await renewal.leave(left).catch(() => undefined)
  }

  async function visitAs(mark: Mark | null, is_change: boolean): Promise<Visit> {
    return { mark, csrf_token: mark !== null && is_change ? await renewal.csrfToken(mark) : null }
  }

  return {
    /** Who the browser is signed in as, known without asking the server. */
    accountType: () => marks.current()?.account_type ?? null,
    subscribe: marks.subscribe,
    /** Before a request. Throws when the session has to be renewed and the server cannot be reached. */
    async visit(is_change: boolean): Promise<Visit> {
      await leave()
      const mark = marks.current()
      return visitAs(mark && (await renewal.fresh(mark)), is_change)
    },
    /** After a refusal: what to repeat the request with, or null when repeating does not help. */
    async heal(sent: Visit, code: string, is_change: boolean): Promise<Visit | null> {
      if (sent.mark === null) return null
      if (SESSION_PROBLEMS.includes(code)) {
        const renewed = await renewal.renew(sent.mark)
        return renewed && visitAs(renewed, is_change)
      }
      if (code !== 'csrf_failed') return null
      const mark = marks.lookAgain()
      // What was meant for one session is never repeated in another.
      if (mark?.session_id !== sent.mark.session_id) return null
      const csrf_token = await renewal.csrfTokenAnew(mark)
      return csrf_token === null || csrf_token === sent.csrf_token ? null : { mark, csrf_token }
    },
    /** For a request whose answer may set the session's cookies: never at the same time as a renewal. */
    exclusively: ports.exclusively,
    start(handed: Handed, account_type: AccountType) {
      renewal.take(handed)
      const { session_id } = handed
      marks.keep({ account_type, session_id, renewals: 0, fresh_until_ms: renewal.freshUntil(handed) })
    },
    /** For a session that the server has ended already. */
    end: () => marks.keep(null),
    /** Ends the session on the server too. The page forgets it at once, also when the server cannot be reached. */
    async signOut(): Promise<void> {
      const mark = marks.current()
      if (mark === null) return
      marks.keep({ leaving: mark.session_id })
      await leave()
    },
  }
}

type Marks = ReturnType<typeof createMarks>

/** What this tab believes of the mark, and who wants to know of a change. */
function createMarks(ports: SessionPorts) {
  let kept = ports.read()
  const listeners = new Set<() => void>()
  ports.listen(adopt)

  /** Tells the page only when it is somebody else, or nobody, who is signed in now. */
  function adopt(next: Kept) {
    const [before, after] = [markOf(kept), markOf(next)]
    kept = next
    if (before?.session_id === after?.session_id && before?.account_type === after?.account_type) return
    for (const listener of listeners) listener()
  }

  return {
    current: () => markOf(kept),
    leaving: () => (kept !== null && 'leaving' in kept ? kept.leaving : null),
    /** What another tab has kept may not have been told yet. */
    lookAgain(): Mark | null {
      adopt(ports.read())
      return markOf(kept)
    },
    keep(next: Kept) {
      ports.write(next)
      adopt(next)
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

function createRenewal(ports: SessionPorts, marks: Marks) {
  let csrf: { session_id: string; token: string } | null = null
  const take = ({ session_id, csrf_token }: Shown) => {
    csrf = { session_id, token: csrf_token }
  }
  const tokenAtHand = (mark: Mark) => (csrf?.session_id === mark.session_id ? csrf.token : null)
  const isFresh = (mark: Mark) => mark.fresh_until_ms - MARGIN_MS > ports.now_ms()
  const freshUntil = ({ expires_in }: Handed) => ports.now_ms() + expires_in * 1_000
  const isStill = (mark: Mark) => marks.lookAgain()?.session_id === mark.session_id

  async function renewAlone(stale: Mark): Promise<Mark | null> {
    // While this tab waited, another one may have renewed, or somebody may have signed in or out.
    const mark = marks.lookAgain()
    if (mark === null || mark.session_id !== stale.session_id) return null
    if (mark.renewals !== stale.renewals && isFresh(mark)) return mark
    const answer = await ports.refresh()
    // Signed out meanwhile; or the cookies are of a session that another tab has begun, whose mark is on the way.
    if (!isStill(mark) || (answer !== 'refused' && answer.session_id !== mark.session_id)) return null
    if (answer === 'refused') {
      marks.keep(null)
      return null
    }
    take(answer)
    const renewed = { ...mark, renewals: mark.renewals + 1, fresh_until_ms: freshUntil(answer) }
    marks.keep(renewed)
    return renewed
  }

  /** In place of a `stale` session, the same one renewed; null when it is over. */
  const renew = singleFlight((stale: Mark) => ports.exclusively(() => renewAlone(stale)))

  const csrfTokenAnew = singleFlight(async (mark: Mark): Promise<string | null> => {
    const answer = await ports.csrf()
    // A renewal brings the token along.
    if (answer === 'refused') return (await renew(mark)) === null ? null : tokenAtHand(mark)
    if (answer.session_id !== mark.session_id) return null
    take(answer)
    return answer.csrf_token
  })

  const leave = singleFlight((session_id: string) =>
    ports.exclusively(async () => {
      const kept = ports.read()
      const is_over = kept === null || ('session_id' in kept && kept.session_id !== session_id)
      if (is_over) return
      await ports.logout()
      marks.keep(null)
    }),
  )

  return {
    take,
    freshUntil,
    renew,
    leave,
    csrfTokenAnew,
    fresh: async (mark: Mark) => (isFresh(mark) ? mark : renew(mark)),
    csrfToken: async (mark: Mark) => tokenAtHand(mark) ?? csrfTokenAnew(mark),
  }
}

function markOf(kept: Kept): Mark | null {
  return kept !== null && 'session_id' in kept ? kept : null
}

/** Many callers, one run. */
function singleFlight<Input, Result>(work: (input: Input) => Promise<Result>) {
  let running: Promise<Result> | null = null
  return (input: Input): Promise<Result> => {
    running ??= work(input).finally(() => {
      running = null
    })
    return running
  }
}
