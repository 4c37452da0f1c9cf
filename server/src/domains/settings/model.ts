import { centsToText } from '#kernel/money.ts'

/** The closed list of platform settings (contract 4.1). Money is in cents inside, percent in basis points. */
export type SettingType = 'money' | 'int' | 'percent' | 'bool'

type Definition = {
  type: SettingType
  default: string
  min: number
  max: number
  public: boolean
  description: string
}

const money = (value: string, max: number, description: string): Definition => ({
  type: 'money',
  default: value,
  min: 0,
  max,
  public: true,
  description,
})
const int = (value: string, range: [number, number], description: string, isPublic = true): Definition => ({
  type: 'int',
  default: value,
  min: range[0],
  max: range[1],
  public: isPublic,
  description,
})
const bool = (value: 'true' | 'false', description: string): Definition => ({
  type: 'bool',
  default: value,
  min: 0,
  max: 1,
  public: true,
  description,
})

export const SETTINGS = {
  user_generation_price: money('1.00', 1_000, 'Price of one generation'),
  user_try_on_price: money('0.50', 1_000, 'Price of one try-on'),
  user_free_generations: int('3', [0, 1_000], 'Free generations of a new user'),
  user_free_try_ons: int('5', [0, 1_000], 'Free try-ons of a new user'),
  shop_product_rent_price: money('10.00', 10_000, 'Rent of one card per month of 30 days'),
  shop_min_rent_months: int('1', [1, 12], 'Shortest rent in months'),
  shop_commission_rate: {
    type: 'percent',
    default: '10',
    min: 0,
    max: 100,
    public: true,
    description: 'Share of each sold line in percent',
  },
  shop_approval_fee: money('5.00', 10_000, 'Charged once when a card is approved'),
  refund_period_days: int('14', [0, 365], 'Days in which a refund may be requested'),
  product_initial_rent_days: int('30', [0, 365], 'Rent included in the first approval; 0 = no expiry'),
  order_payment_ttl_minutes: int('180', [15, 4_320], 'Life of an unpaid order in minutes', false),
  rent_notice_days: int('3', [1, 30], 'Days of notice before rent ends', false),
  ai_generation_enabled: bool('true', 'AI try-on and generation are open'),
  payments_enabled: bool('true', 'Payments are open'),
} as const satisfies Record<string, Definition>

export type SettingKey = keyof typeof SETTINGS
/** In the order of the contract. */
export const SETTING_KEYS = Object.keys(SETTINGS).filter(isSettingKey)

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}

/** The value as a number (cents, count, basis points, 0 or 1), or null when type or range do not fit. */
export function parseSetting(key: SettingKey, text: string): number | null {
  const { type, min, max } = SETTINGS[key]
  if (type === 'bool') return text === 'true' ? 1 : text === 'false' ? 0 : null
  const pattern = type === 'int' ? /^\d{1,6}$/ : /^\d{1,6}(\.\d{1,2})?$/
  if (!pattern.test(text) || Number(text) < min || Number(text) > max) return null
  if (type === 'int') return Number(text)
  const [whole = '0', fraction = ''] = text.split('.')
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
}

/** `05` and `5.0` are one price, `5.00`: what is stored, compared and shown. Null when type or range do not fit. */
export function canonicalSetting(key: SettingKey, text: string): string | null {
  const value = parseSetting(key, text)
  if (value === null) return null
  const { type } = SETTINGS[key]
  if (type === 'bool') return text
  if (type === 'int') return String(value)
  return type === 'money' ? centsToText(value) : String(value / 100)
}

/** The value in its wire type for `GET /settings/public`. */
export function publicValue(key: SettingKey, value: number): number | boolean {
  const { type } = SETTINGS[key]
  if (type === 'bool') return value === 1
  return type === 'int' ? value : value / 100
}
