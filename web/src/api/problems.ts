import { useCallback } from 'react'
import { type Language, useLanguage } from '../lib/i18n/language.ts'
import type { Dictionary } from '../lib/i18n/texts.ts'
import { formatMoney } from '../lib/money.ts'
import { usePlatform } from './platform.ts'
import { ApiProblem } from './problem.ts'
import { en } from './texts/en.ts'
import { kk } from './texts/kk.ts'
import { ru } from './texts/ru.ts'

type Texts = typeof ru
type Sentence = { [Key in keyof Texts]: Texts[Key] extends string ? Key : never }[keyof Texts]

const dictionary: Dictionary<Texts> = { ru, kk, en }

/** Codes of the contract (0.5) and the sentence for each. A code that is not here falls back to the answer's `detail`. */
const SENTENCES: Record<string, Sentence> = {
  network: 'network',
  not_found: 'not_found',
  not_authenticated: 'not_authenticated',
  token_expired: 'session_over',
  token_revoked: 'session_over',
  role_changed: 'role_changed',
  csrf_failed: 'csrf_failed',
  reauth_required: 'reauth_required',
  invalid_credentials: 'wrong_credentials',
  two_factor_required: 'two_factor_required',
  wrong_account_type: 'wrong_account_type',
  admin_only: 'admin_only',
  not_owner: 'not_owner',
  email_not_verified: 'email_not_verified',
  shop_not_approved: 'shop_not_approved',
  shop_blocked: 'shop_blocked',
  wardrobe_limit: 'wardrobe_limit',
  idempotency_mismatch: 'idempotency_mismatch',
  own_request: 'own_request',
  insufficient_balance: 'insufficient_balance',
  file_too_large: 'file_too_large',
  unsupported_media: 'unsupported_media',
  validation_failed: 'validation_failed',
  rate_limited: 'rate_limited',
  ai_failed: 'ai_failed',
  payment_provider_error: 'payment_provider_error',
}

/** What went wrong, as a sentence for a person. Never shows codes, stacks or foreign words. */
export function problemText(error: unknown, language: Language, currency: string): string {
  const texts = dictionary[language]
  if (!(error instanceof ApiProblem)) return texts.unknown
  if (error.code === 'insufficient_balance' && typeof error.extra.shortfall === 'number') {
    return texts.insufficient_by(formatMoney(error.extra.shortfall, currency, language))
  }
  if (error.code === 'rate_limited' && error.retry_after_s !== null)
    return texts.rate_limited_for(waitText(error.retry_after_s, texts))
  const sentence = SENTENCES[error.code]
  if (sentence) return texts[sentence]
  if (error.status >= 500) return texts.server
  return error.detail ?? (error.status === 409 ? texts.invalid_state : texts.unknown)
}

/** `problemText` in the reader's language. */
export function useProblemText(): (error: unknown) => string {
  const language = useLanguage()
  const { currency } = usePlatform()
  return useCallback((error) => problemText(error, language, currency), [language, currency])
}

function waitText(seconds: number, texts: Texts): string {
  return seconds < 90 ? texts.seconds(seconds) : texts.minutes(Math.ceil(seconds / 60))
}
