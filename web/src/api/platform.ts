import { useQuery } from '@tanstack/react-query'
import { answer, api } from './client.ts'

const STALE_MS = 10 * 60_000

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
  const { data: config } = useConfig()
  const { data: settings } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/settings/public', { signal })),
    staleTime: STALE_MS,
  })
  if (!config || !settings) return UNTIL_KNOWN
  return {
    currency: config.currency,
    try_on_price: numberOr(settings.user_try_on_price),
    generation_price: numberOr(settings.user_generation_price),
    approval_fee: numberOr(settings.shop_approval_fee),
  }
}

/** The providers that people can sign in with here; none until the server has answered. */
export function useSignInWays(): { google: boolean; apple: boolean } {
  return useConfig().data?.sign_in ?? { google: false, apple: false }
}

function useConfig() {
  return useQuery({
    queryKey: ['config'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/config', { signal })),
    staleTime: STALE_MS,
  })
}

function numberOr(value: number | boolean | undefined): number | null {
  return typeof value === 'number' ? value : null
}
