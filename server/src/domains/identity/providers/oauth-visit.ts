import { randomBytes } from 'node:crypto'
import type { SharedState } from '#infra/shared-state.ts'
import type { Platform } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import { type AccountType, OAUTH_STATE_MS } from '../model.ts'

/**
 * One way to the provider and back, kept under its random `state` until it is used once (A4). `browser_hash` binds it
 * to the browser that began it; `code_hash` and `iss` are added when the provider sends the browser back.
 */
export type OauthVisit = {
  account_type: AccountType
  platform: Platform
  nonce: string
  code_verifier: string
  browser_hash: string
  /** S256 challenge of a phone app: only who knows the verifier may redeem the login code. */
  app_challenge: string | null
  code_hash: string | null
  iss: string | null
  /** What Apple tells only once, with the redirect. */
  name?: string | null
  /** Kept when the visit is found by its code from there on. */
  state_hash?: string
}

type Deps = { shared: SharedState }

const keyOf = (state: string) => `identity:oauth:${hashSecret(state)}`

/** 256 random bits that a URL can carry; long enough for a PKCE verifier (RFC 7636 4.1). */
export function randomText(): string {
  return randomBytes(32).toString('base64url')
}

export async function keepVisit(deps: Deps, state: string, visit: OauthVisit): Promise<void> {
  await deps.shared.set(keyOf(state), JSON.stringify(visit), OAUTH_STATE_MS)
}

/** Of any number of callers one gets it. */
export async function takeVisit(deps: Deps, state: string): Promise<OauthVisit | null> {
  const stored = await deps.shared.take(keyOf(state))
  // Written by keepVisit and by nobody else.
  return stored === null ? null : (JSON.parse(stored) as OauthVisit)
}

export function isSameBrowser(visit: OauthVisit, browser_secret: string | undefined): boolean {
  return (
    browser_secret !== undefined && browser_secret !== '' && visit.browser_hash === hashSecret(browser_secret)
  )
}
