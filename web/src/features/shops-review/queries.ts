import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'

const PER_PAGE = 20

export const shopsKey = ['shops-in-review'] as const

/** Shops that are not approved, newest first. */
export function useShopsInReview(include_rejected: boolean) {
  return useInfiniteQuery({
    queryKey: [...shopsKey, 'list', include_rejected],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/admin/shops/pending', {
          params: { query: { page: pageParam, per_page: PER_PAGE, include_rejected } },
          signal,
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page < last.total_pages ? last.page + 1 : undefined),
  })
}

/** How many shops wait; null while unknown. */
export function useShopsWaiting(): number | null {
  const { data } = useQuery({
    queryKey: [...shopsKey, 'count'],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/admin/shops/pending', {
          params: { query: { page: 1, per_page: 1, include_rejected: false } },
          signal,
        }),
      ),
  })
  return data?.total ?? null
}

export const SHOP_STATES = ['waiting', 'all', 'blocked'] as const
export type ShopsFilter = { state: 'all' | 'blocked'; query: string; page: number }

/** One page of all shops, newest first; the last one stays on the screen while the next is on its way. */
export function useAllShops({ state, query, page }: ShopsFilter) {
  return useQuery({
    queryKey: [...shopsKey, 'all', state, query, page],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/admin/shops/all', {
          params: {
            query: {
              page,
              per_page: PER_PAGE,
              sort_by: 'created_at',
              sort_order: 'desc',
              ...(query !== '' && { query }),
              ...(state === 'blocked' && { is_blocked: true }),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  })
}

export type ShopInList = NonNullable<ReturnType<typeof useAllShops>['data']>['shops'][number]

export type ShopInReview = NonNullable<
  ReturnType<typeof useShopsInReview>['data']
>['pages'][number]['shops'][number]
