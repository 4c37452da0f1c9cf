import type { Platform } from '#kernel/actor.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'

export type AccountType = 'user' | 'shop'
export type Role = 'user' | 'admin' | 'shop'
/** What a socket is opened for. */
export type ClientType = 'user' | 'shop' | 'admin'
/** Method of authentication (RFC 8176, the provider's name, or a passkey). A recovery code counts as `otp`. */
export type Method = 'pwd' | 'otp' | 'passkey' | 'google' | 'apple' | 'telegram'

/** Narrow what the check constraints of the tables already guarantee. */
export const asPlatform = (text: string): Platform => (text === 'mobile' ? 'mobile' : 'web')
export const asAccountType = (text: string): AccountType => (text === 'shop' ? 'shop' : 'user')
export const asRole = (text: string | null): 'user' | 'admin' => (text === 'admin' ? 'admin' : 'user')
const METHODS: readonly Method[] = ['pwd', 'otp', 'passkey', 'google', 'apple', 'telegram']
export const asMethods = (texts: readonly unknown[]): Method[] =>
  METHODS.filter((method) => texts.includes(method))

/** TOTP and passkeys are equal. */
export function hasSecondFactor(amr: readonly string[]): boolean {
  return amr.includes('otp') || amr.includes('passkey')
}

/** Lives as the contract gives them (2.1.1, 2.1.2). */
export const ACCESS_TOKEN_MS = 30 * MINUTE_MS
export const REFRESH_TOKEN_MS = 7 * DAY_MS
export const PRE_AUTH_MS = 5 * MINUTE_MS
export const EMAIL_TOKEN_MS = 30 * MINUTE_MS
export const EMAIL_CODE_TRIES = 5
export const WS_TICKET_MS = 30 * SECOND_MS
export const LOGIN_CODE_MS = 60 * SECOND_MS
export const OAUTH_STATE_MS = 10 * MINUTE_MS

/** However often it is refreshed, a session ends: admins sign in anew every working day (DEC-07). */
export function sessionLifeMs(role: Role): number {
  return role === 'admin' ? 12 * HOUR_MS : 90 * DAY_MS
}

/** A sensitive change asks for a sign-in that is not older than this (readiness row A-11). */
export const RECENT_SIGN_IN_MS = 15 * MINUTE_MS

/** Who stands behind a finished first step, and as what he wants to act. */
export type SignInRequest = { account_type: AccountType; platform: Platform; amr: Method[] }

/** Addresses are compared without regard to case (contract 1.2). */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** No host has a name there (RFC 2606): of an account whose provider tells no address. No mail is written to it. */
export const INVENTED_EMAIL_DOMAIN = 'telegram.invalid'

/** Versions of the documents of contract 7.7 that are in force. */
const DOCUMENT_VERSIONS: Record<string, string> = { terms: '1', privacy: '1', shop_offer: '1', returns: '1' }

export function documentVersion(document: string): string {
  return DOCUMENT_VERSIONS[document] ?? '1'
}

/** Letters of the six-digit code; also what an authenticator shows. */
export const SIX_DIGITS = /^\d{6}$/

/**
 * `+` and 7–15 digits; blanks, dashes, brackets and underscores are dropped, empty means none (contract 4.12).
 * `undefined`: not a phone number.
 */
export function normalisePhone(text: string): string | null | undefined {
  const compact = text.replace(/[\s\-()[\]_]/g, '')
  if (compact === '') return null
  return /^\+\d{7,15}$/.test(compact) ? compact : undefined
}
