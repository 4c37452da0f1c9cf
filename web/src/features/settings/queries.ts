import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'

const PER_PAGE = 20

export const settingsKey = ['settings'] as const

export function useSettings() {
  return useQuery({
    queryKey: [...settingsKey, 'list'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/admin/settings', { signal })),
  })
}

/** What a setting was, newest first. */
export function useSettingHistory(key: string) {
  return useInfiniteQuery({
    queryKey: [...settingsKey, 'history', key],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/admin/settings/{key}/history', {
          params: { path: { key }, query: { skip: pageParam, limit: PER_PAGE } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _all, skip) => (skip + PER_PAGE < last.total ? skip + PER_PAGE : undefined),
  })
}

export type SettingVersion = NonNullable<
  ReturnType<typeof useSettingHistory>['data']
>['pages'][number]['items'][number]
