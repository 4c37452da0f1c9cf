import { useQuery } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** Used until the server has answered. */
const UNTIL_KNOWN = {
  currency: 'USD',
  try_on_price: null,
  generation_price: null,
  approval_fee: null,
} as const

export type Platform = {
  currency: string
  try_on_price: number | null
  generation_price: number | null
  /** Taken from a shop when a card of it is approved for the first time. */
  approval_fee: number | null
}

/** What the platform tells everybody about itself: currency and prices. */
export function usePlatform(): Platform {
  const { data } = useQuery({
    queryKey: ['platform'],
    queryFn: async ({ signal }) => {
      const [config, settings] = await Promise.all([
        answer(api.GET('/api/v1/config', { signal })),
        answer(api.GET('/api/v1/settings/public', { signal })),
      ])
      return { settings, currency: config.currency }
    },
    staleTime: 10 * 60_000,
  })
  if (!data) return UNTIL_KNOWN
  return {
    currency: data.currency,
    try_on_price: numberOr(data.settings.user_try_on_price),
    generation_price: numberOr(data.settings.user_generation_price),
    approval_fee: numberOr(data.settings.shop_approval_fee),
  }
}

function numberOr(value: number | boolean | undefined): number | null {
  return typeof value === 'number' ? value : null
}
