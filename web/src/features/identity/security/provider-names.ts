import { PROVIDER_NAMES } from '../provider.ts'

const NAMES = { ...PROVIDER_NAMES, telegram: 'Telegram' }

/** «Google, Apple»; null when the account is linked to nobody. */
export function providerNames(providers: ReadonlyArray<keyof typeof NAMES>): string | null {
  return providers.length === 0 ? null : providers.map((provider) => NAMES[provider]).join(', ')
}
