import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'

const PER_PAGE = 20

export const approvalsKey = ['approvals'] as const
export type Shown = 'waiting' | 'all'

/** Requests, newest first. */
export function useApprovals(shown: Shown) {
  return useInfiniteQuery({
    queryKey: [...approvalsKey, 'list', shown],
    queryFn: ({ pageParam, signal }) => read({ shown, skip: pageParam, limit: PER_PAGE, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, _all, skip) => (skip + PER_PAGE < last.total ? skip + PER_PAGE : undefined),
  })
}

/** Whether two persons are asked for here, and how many requests wait; null while unknown. */
export function useTwoPersons(): { isRule: boolean; waiting: number } | null {
  const { data } = useQuery({
    queryKey: [...approvalsKey, 'count'],
    queryFn: ({ signal }) => read({ shown: 'waiting', skip: 0, limit: 1, signal }),
  })
  return data ? { isRule: data.two_person_rule, waiting: data.waiting_count } : null
}

type Part = { shown: Shown; skip: number; limit: number; signal: AbortSignal }

function read({ shown, skip, limit, signal }: Part) {
  const query = { skip, limit, ...(shown === 'waiting' ? { state: shown } : {}) }
  return answer(api.GET('/api/v1/admin/approvals', { params: { query }, signal }))
}
