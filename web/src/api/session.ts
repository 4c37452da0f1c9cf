/**
 * The one place that knows how a signed-in browser stays signed in. The access token lives in memory, the refresh
 * token in localStorage. A refresh token works once (contract 2.1, rotation), so two tabs must never send the same
 * one: renewing is single-flight inside a tab and under a named lock between tabs.
 */
export type AccountType = 'user' | 'shop'
export type Tokens = { access_token: string; refresh_token: string }
export type StoredSession = { refresh_token: string; account_type: AccountType }
type Access = { token: string; expires_ms: number }
export type SessionMessage =
  | { kind: 'signed_in'; access: Access; account_type: AccountType }
  | { kind: 'renewed'; access: Access }
  | { kind: 'signed_out' }

/** Everything the session touches outside itself. */
export type SessionPorts = {
  read(): StoredSession | null
  write(session: StoredSession | null): void
  /** Runs `work` while no other tab runs its own. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  announce(message: SessionMessage): void
  listen(listener: (message: SessionMessage) => void): void
  /** `refused` when the server says the session is over; throws when it could not be asked. */
  refresh(refresh_token: string): Promise<Tokens | 'refused'>
  logout(refresh_token: string): Promise<void>
  now_ms(): number
}

export type Session = ReturnType<typeof createSession>

/** Renewed this long before the end, so that a request under way does not arrive with a dead token. */
const MARGIN_MS = 30_000

export function createSession(ports: SessionPorts) {
  let access: Access | null = null
  let account_type = ports.read()?.account_type ?? null
  let renewing: Promise<string | null> | null = null
  const listeners = new Set<() => void>()

  const changed = () => {
    for (const listener of listeners) listener()
  }
  const freshToken = () =>
    access !== null && access.expires_ms - MARGIN_MS > ports.now_ms() ? access.token : null
  const end = () => {
    access = null
    if (account_type === null) return
    account_type = null
    changed()
  }

  ports.listen((message) => {
    if (message.kind === 'signed_out') return end()
    access = message.access
    if (message.kind !== 'signed_in') return
    account_type = message.account_type
    changed()
  })

  async function renewExclusively(stale: string | null): Promise<string | null> {
    // While this tab waited, another one may have renewed and told us.
    const told = freshToken()
    if (told !== null && told !== stale) return told
    const stored = ports.read()
    if (!stored) {
      end()
      return null
    }
    const answer = await ports.refresh(stored.refresh_token)
    if (answer === 'refused') {
      ports.write(null)
      ports.announce({ kind: 'signed_out' })
      end()
      return null
    }
    ports.write({ ...stored, refresh_token: answer.refresh_token })
    access = { token: answer.access_token, expires_ms: expiryOf(answer.access_token, ports.now_ms()) }
    ports.announce({ kind: 'renewed', access })
    return access.token
  }

  /** A new access token in place of `stale`; null when the session is over. Many callers, one request. */
  function renew(stale: string | null): Promise<string | null> {
    renewing ??= ports
      .exclusively(() => renewExclusively(stale))
      .finally(() => {
        renewing = null
      })
    return renewing
  }

  return {
    /** Who the browser is signed in as, known without asking the server. */
    accountType: () => account_type,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async accessToken(): Promise<string | null> {
      if (account_type === null) return null
      return freshToken() ?? renew(access?.token ?? null)
    },
    renew,
    start(tokens: Tokens, as: AccountType) {
      ports.write({ refresh_token: tokens.refresh_token, account_type: as })
      access = { token: tokens.access_token, expires_ms: expiryOf(tokens.access_token, ports.now_ms()) }
      account_type = as
      ports.announce({ kind: 'signed_in', access, account_type: as })
      changed()
    },
    /** Ends the session on the server too. The browser forgets it even when the server cannot be reached. */
    async signOut(): Promise<void> {
      const stored = ports.read()
      ports.write(null)
      ports.announce({ kind: 'signed_out' })
      end()
      if (stored) await ports.logout(stored.refresh_token).catch(() => undefined)
    },
  }
}

/** End of life from the token's own `exp`, read without checking: only the server's answer decides. */
function expiryOf(token: string, now_ms: number): number {
  try {
    const payload: unknown = JSON.parse(
      atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
    )
    if (typeof payload === 'object' && payload && 'exp' in payload && typeof payload.exp === 'number')
      return payload.exp * 1000
  } catch {
    // Not a JWT: an opaque token is used for a minute and then renewed.
  }
  return now_ms + MARGIN_MS + 60_000
}
