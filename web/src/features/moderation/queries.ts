import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'
import { ApiProblem } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Product } from '../../api/types.ts'

/** As many as one answer holds. When they run low the next ones are read. */
const QUEUE_SIZE = 100
const QUEUE_LOW = 10
/** Events bring changes at once; this is for the ones that were lost on the way. */
const POLL_MS = 60_000

/** Cards whose decision is on its way: the event about it must not take them off the page before the answer does. */
export const underway = new Set<number>()

export const queueKey = ['moderation-queue'] as const
const countKey = ['moderation-count'] as const

const queueOptions = queryOptions({
  queryKey: queueKey,
  queryFn: ({ signal }) =>
    answer(
      api.GET('/api/v1/admin/moderation/queue', {
        params: { query: { skip: 0, limit: QUEUE_SIZE } },
        signal,
      }),
    ),
})

const queueQuery = queryOptions({
  queryKey: queueKey,
  queryFn: ({ signal }) =>
    answer(
      api.GET('/api/v1/admin/moderation/queue', {
        params: { query: { skip: 0, limit: QUEUE_SIZE } },
        signal,
      }),
    ),
})

/** Cards that wait, oldest submission first. */
export function useQueue() {
  return useQuery({ ...queueQuery, refetchInterval: POLL_MS })
}

export type Waiting = { count: number; isAtLeast: boolean }

/** How many cards wait: told by events, else counted as far as one answer reaches; null while unknown. */
export function useWaiting(): Waiting | null {
  const told = useQuery<number | null>({
    queryKey: countKey,
    queryFn: () => null,
    enabled: false,
    initialData: null,
  })
  const queue = useQuery({ ...queueOptions, enabled: false })
  if (told.data !== null) return { count: told.data, isAtLeast: false }
  if (!queue.data) return null
  return { count: queue.data.length, isAtLeast: queue.data.length >= QUEUE_SIZE }
}

export function tellWaiting(count: number): void {
  queryClient.setQueryData(countKey, count)
}

/** Takes a card that was decided out of what is shown, without asking the server again until few are left. */
export function dropFromQueue(product_id: number): void {
  const queue = queryClient.getQueryData<Product[]>(queueKey)
  if (!queue?.some(({ id }) => id === product_id)) return
  queryClient.setQueryData<Product[]>(
    queueKey,
    queue.filter(({ id }) => id !== product_id),
  )
  queryClient.setQueryData<number | null>(countKey, (count) =>
    typeof count === 'number' ? Math.max(0, count - 1) : count,
  )
  if (queue.length <= QUEUE_LOW) void queryClient.invalidateQueries({ queryKey: queueKey })
}

/** A card outside the queue, for looking at what was decided. */
export function useCard(product_id: number, enabled: boolean) {
  return useQuery({
    queryKey: ['moderation-card', product_id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/products/{product_id}', { params: { path: { product_id } }, signal })),
    enabled,
  })
}

/** What everybody may know about the shop; null when buyers do not see it. */
export function useShopFacts(shop_id: number) {
  return useQuery({
    queryKey: ['shop-facts', shop_id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/shops/{shop_id}', { params: { path: { shop_id } }, signal })).catch(
        nullWhenMissing,
      ),
    staleTime: 5 * 60_000,
  })
}

export function useCategoryNames() {
  return useQuery({
    queryKey: ['categories'],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/api/v1/categories', { params: { query: { skip: 0, limit: 100 } }, signal })))
        .categories,
    staleTime: 10 * 60_000,
  })
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof ApiProblem && error.status === 404) return null
  throw error
}
