export const LOCALES = ['ru', 'kk', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type LocalizedText = Record<Locale, string>
export const DEFAULT_LOCALE: Locale = 'ru'

/**
 * Best of the platform's languages for an `Accept-Language` header, by q-value, then order (RFC 9110 12.5.4).
 * Nothing usable means Russian (contract 0.3).
 */
export function localeFrom(header: string | undefined): Locale {
  let best: { locale: Locale; q: number } | undefined
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...params] = part.trim().toLowerCase().split(';')
    const language = tag.split('-')[0]
    const locale = LOCALES.find((known) => known === language)
    const q = Number(
      params
        .find((param) => param.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    )
    if (locale && q > 0 && q > (best?.q ?? 0)) best = { locale, q }
  }
  return best?.locale ?? DEFAULT_LOCALE
}

/** Narrows a stored text to a language of the platform. */
export function asLocale(text: string | null | undefined): Locale {
  return LOCALES.find((known) => known === text) ?? DEFAULT_LOCALE
}
