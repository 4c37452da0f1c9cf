import type { Language } from './i18n/language.ts'

const formats = new Map<string, Intl.NumberFormat>()

/**
 * Amount of the wire (a number with at most two decimals, contract 0.4) as a person reads it: whole amounts without
 * decimals, others with two. Formatting only: nothing is calculated here.
 */
export function formatMoney(amount: number, currency: string, language: Language): string {
  const decimals = Number.isInteger(amount) ? 0 : 2
  return format(language, currency, decimals).format(amount)
}

function format(language: Language, currency: string, decimals: number): Intl.NumberFormat {
  const key = `${language} ${currency} ${decimals}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(numberLocale(language), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  formats.set(key, made)
  return made
}

/**
 * Kazakh is written like Russian here: many browsers ship with little or no Kazakh, and both group thousands and place
 * the currency sign in the same way.
 */
export function numberLocale(language: Language): string {
  return language === 'kk' ? 'ru' : language
}

export function formatNumber(value: number, language: Language, decimals = 0): string {
  return new Intl.NumberFormat(numberLocale(language), { maximumFractionDigits: decimals }).format(value)
}
