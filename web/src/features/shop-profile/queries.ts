import { useInfiniteQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'

const PAGE_SIZE = 30

export const transactionsKey = ['shop-transactions'] as const

/** What moved on the shop's balance, newest first. */
export function useTransactions() {
  return useInfiniteQuery({
    queryKey: transactionsKey,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/shops/me/transactions', {
          params: { query: { skip: pageParam, limit: PAGE_SIZE } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length === PAGE_SIZE ? pages.length * PAGE_SIZE : undefined),
  })
}

export type Transaction = NonNullable<ReturnType<typeof useTransactions>['data']>['pages'][number][number]
