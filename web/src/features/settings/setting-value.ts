import type { Setting } from '../../api/types.ts'
import type { Language } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import type { SettingsTexts } from './texts.ts'

export type Fault = keyof SettingsTexts['faults']
type Rules = Pick<Setting, 'type' | 'min' | 'max' | 'value'>

/** A comma is a decimal point on our keyboards; the server knows only the point. */
export function asTyped(typed: string): string {
  return typed.trim().replace(',', '.')
}

/** Why the typed text would not do, before the server says so (server/src/domains/settings/model.ts). */
export function faultOf({ type, min, max, value }: Rules, typed: string): Fault | null {
  const text = asTyped(typed)
  if (type === 'bool') return text === value ? 'same' : null
  if (text === '') return 'empty'
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) return 'not_number'
  if (type === 'int' && text.includes('.')) return 'not_whole'
  if (/\.\d{3}/.test(text)) return 'too_fine'
  if (Number(text) < min || Number(text) > max) return 'out_of_range'
  return Number(text) === Number(value) ? 'same' : null
}

/** In what a whole number counts. */
const UNITS: Record<string, 'days' | 'months' | 'minutes'> = {
  shop_min_rent_months: 'months',
  product_initial_rent_days: 'days',
  rent_notice_days: 'days',
  refund_period_days: 'days',
  order_payment_ttl_minutes: 'minutes',
}

export type Speech = { texts: SettingsTexts; language: Language; currency: string }

/** A stored value as a person reads it. */
export function valueText(
  { key, type }: { key: string; type: Setting['type'] },
  value: string,
  { texts, language, currency }: Speech,
): string {
  if (type === 'bool') return value === 'true' ? texts.on : texts.off
  if (type === 'money') return formatMoney(Number(value), currency, language)
  if (type === 'percent') return `${formatNumber(Number(value), language, 2)}\u00a0%`
  const unit = UNITS[key]
  return unit ? texts[unit](Number(value)) : formatNumber(Number(value), language)
}

/** What stands behind the input. */
export function unitText({ key, type }: Pick<Setting, 'key' | 'type'>, { texts, currency }: Speech): string {
  if (type === 'money') return currency
  if (type === 'percent') return '%'
  const unit = UNITS[key]
  return unit ? texts[`unit_${unit}`] : texts.unit_pieces
}

/** Name and meaning in words; of a setting that this page does not know, what the server says. */
export function wordsOf(
  { key, description }: { key: string; description?: string | null },
  texts: SettingsTexts,
): { name: string; about: string } {
  const known = Object.entries(texts.known).find(([name]) => name === key)?.[1]
  return known ?? { name: key, about: description ?? '' }
}

const GROUPS = {
  ai: [
    'ai_generation_enabled',
    'user_try_on_price',
    'user_generation_price',
    'user_free_try_ons',
    'user_free_generations',
  ],
  shops: [
    'shop_approval_fee',
    'shop_product_rent_price',
    'shop_min_rent_months',
    'product_initial_rent_days',
    'rent_notice_days',
  ],
  orders: ['payments_enabled', 'shop_commission_rate', 'refund_period_days', 'order_payment_ttl_minutes'],
} as const
export type Group = keyof typeof GROUPS | 'other'

/** The list by subject; what this page does not know comes last. */
export function grouped<One extends { key: string }>(settings: One[]): { group: Group; settings: One[] }[] {
  const known: string[] = Object.values(GROUPS).flat()
  const pick = (keys: readonly string[]) =>
    keys.flatMap((key) => settings.find((setting) => setting.key === key) ?? [])
  return [
    { group: 'ai' as const, settings: pick(GROUPS.ai) },
    { group: 'shops' as const, settings: pick(GROUPS.shops) },
    { group: 'orders' as const, settings: pick(GROUPS.orders) },
    { group: 'other' as const, settings: settings.filter(({ key }) => !known.includes(key)) },
  ].filter((part) => part.settings.length > 0)
}
