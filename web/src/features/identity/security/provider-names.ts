const NAMES = { google: 'Google', apple: 'Apple', telegram: 'Telegram' } as const

/** «Google, Apple»; null when the account is linked to nobody. */
export function providerNames(providers: ReadonlyArray<keyof typeof NAMES>): string | null {
  return providers.length === 0 ? null : providers.map((provider) => NAMES[provider]).join(', ')
}
