import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'
import { type AuditFilter, queryOf } from './filters.ts'

const PER_PAGE = 50
/** The server counts up to here (contract 2.16); one more stands for all that come after. */
export const COUNTED_MAX = 10_000

/** One page of the trail. Read again at each visit: what was just done must be there. */
export function useAudit(filter: AuditFilter) {
  return useQuery({
    queryKey: ['audit', filter],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/admin/audit-logs', { params: { query: queryOf(filter, PER_PAGE) }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

/** What happened to the own shop and its cards, newest first. */
export function useJournal(page: number) {
  return useQuery({
    queryKey: ['shop-journal', page],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/shops/me/audit-logs', {
          params: { query: { skip: (page - 1) * PER_PAGE, limit: PER_PAGE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

export type AuditRow = NonNullable<ReturnType<typeof useAudit>['data']>['items'][number]
export type JournalRow = NonNullable<ReturnType<typeof useJournal>['data']>['items'][number]

type Counted = { total: number; page_size: number; items: unknown[] }

/** How many pages there are; null when the server has not counted to the end. */
export function pagesOf({ total, page_size, items }: Counted, page: number) {
  const isCounted = total <= COUNTED_MAX
  return {
    pages: isCounted ? Math.max(1, Math.ceil(total / page_size)) : null,
    hasNext: isCounted ? page * page_size < total : items.length === page_size,
  }
}
