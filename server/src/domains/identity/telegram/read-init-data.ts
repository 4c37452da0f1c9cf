import { createHmac, timingSafeEqual } from 'node:crypto'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'

export type TelegramPerson = { telegram_id: string; name: string }

/** Whoever got hold of the text can use it no longer than this (readiness row A-14). */
const AGE_MS_MAX = HOUR_MS
/** Telegram's clock and ours may differ. */
const AHEAD_MS_MAX = MINUTE_MS

/**
 * The person in the `initData` of a Telegram Mini App; null when it is not signed by Telegram for this bot, is older
 * than an hour, or names nobody. Every field but `hash` is signed.
 * Source: core.telegram.org/bots/webapps, "Validating data received via the Mini App".
 */
export function readInitData(init_data: string, bot_token: string, now: Date): TelegramPerson | null {
  const fields = [...new URLSearchParams(init_data)]
  const values = new Map(fields)
  // A name that stands twice would be signed as one and read as another.
  if (values.size !== fields.length) return null
  const hash = values.get('hash') ?? ''
  if (!isSigned(fields, hash, bot_token)) return null
  const age_ms = now.getTime() - Number(values.get('auth_date')) * SECOND_MS
  if (!(age_ms <= AGE_MS_MAX && age_ms >= -AHEAD_MS_MAX)) return null
  return personOf(values.get('user') ?? '')
}

function isSigned(fields: [string, string][], hash: string, bot_token: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(hash)) return false
  const text = fields
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')
  const key = createHmac('sha256', 'WebAppData').update(bot_token).digest()
  return timingSafeEqual(createHmac('sha256', key).update(text).digest(), Buffer.from(hash, 'hex'))
}

function personOf(json: string): TelegramPerson | null {
  const user = parse(json)
  const { id, first_name, last_name, is_bot } = user
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0 || is_bot === true) return null
  const names = [first_name, last_name].filter((part): part is string => typeof part === 'string')
  const name = names.join(' ').replace(/\s+/g, ' ').trim().slice(0, 255)
  return { telegram_id: String(id), name: name || 'Telegram User' }
}

function parse(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
