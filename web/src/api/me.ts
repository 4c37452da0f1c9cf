import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useAccountType } from './browser-session.ts'
import { answer, api } from './client.ts'
import type { Shop, User } from './types.ts'

export const meKey = ['me', 'user'] as const
export const myShopKey = ['me', 'shop'] as const

/** The signed-in person; not asked for while nobody, or a shop, is signed in. */
export function useMe(): UseQueryResult<User> {
  return useQuery({
    queryKey: meKey,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/users/me', { signal })),
    enabled: useAccountType() === 'user',
  })
}

/** The signed-in shop; not asked for otherwise. */
export function useMyShop(): UseQueryResult<Shop> {
  return useQuery({
    queryKey: myShopKey,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/shops/me', { signal })),
    enabled: useAccountType() === 'shop',
  })
}
