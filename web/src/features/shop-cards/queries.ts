import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'
import { useMyShop } from '../../api/me.ts'
import { ApiProblem } from '../../api/problem.ts'
import type { Product } from '../../api/types.ts'

export const STATUSES = ['pending', 'approved', 'rejected'] as const
export type Status = (typeof STATUSES)[number]
export type CardFilter = { status: Status | 'all'; query: string }
export type CardCounts = Record<Status, number> & { all: number }

const PAGE_SIZE = 24

export const cardsKey = ['my-cards'] as const
export const cardKey = (product_id: number) => ['my-card', product_id] as const
export const countsKey = ['my-card-counts'] as const

/** Own cards in every state, newest first. */
export function useMyCards({ status, query }: CardFilter) {
  return useInfiniteQuery({
    queryKey: [...cardsKey, status, query],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/shops/me/products', {
          params: {
            query: {
              skip: pageParam,
              limit: PAGE_SIZE,
              ...(status === 'all' ? {} : { moderation_status: status }),
              ...(query === '' ? {} : { query }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length === PAGE_SIZE ? pages.length * PAGE_SIZE : undefined),
    placeholderData: keepPreviousData,
  })
}

/** How many cards stand in each state; null until all three figures are there. */
export function useCardCounts(): CardCounts | null {
  const shop_id = useMyShop().data?.id
  const found = useQueries({
    queries: STATUSES.map((moderation_status) => ({
      queryKey: [...countsKey, moderation_status, shop_id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answer(
          api.GET('/api/v1/products/search', {
            params: {
              query: {
                // `enabled` waits for the id.
                shop_id: shop_id ?? 0,
                moderation_status,
                sort_by: 'created_at',
                sort_order: 'desc',
                skip: 0,
                limit: 1,
              },
            },
            signal,
          }),
        ),
      enabled: shop_id !== undefined,
    })),
  })
  const [pending, approved, rejected] = found.map(({ data }) => data?.total)
  if (pending === undefined || approved === undefined || rejected === undefined) return null
  return { pending, approved, rejected, all: pending + approved + rejected }
}

/** One own card. Somebody else's is as unknown as one that does not exist. */
export function useMyCard(product_id: number) {
  const shop = useMyShop()
  return useQuery({
    queryKey: cardKey(product_id),
    queryFn: async ({ signal }): Promise<Product> => {
      const product = await answer(
        api.GET('/api/v1/products/{product_id}', { params: { path: { product_id } }, signal }),
      )
      if (product.shop_id !== shop.data?.id) throw new ApiProblem(404, { code: 'not_found' })
      return product
    },
    enabled: shop.data !== undefined,
  })
}

export function useCategoryList() {
  return useQuery({
    queryKey: ['categories'],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/api/v1/categories', { params: { query: { skip: 0, limit: 100 } }, signal })))
        .categories,
    staleTime: 10 * 60_000,
  })
}
