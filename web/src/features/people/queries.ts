import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'
import { type PeopleFilter, queryOf } from './filters.ts'

const PER_PAGE = 25

export const peopleKey = ['people'] as const

/** One page of people; the last one stays on the screen while the next is on its way. */
export function usePeople(filter: PeopleFilter) {
  return useQuery({
    queryKey: [...peopleKey, 'list', filter],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/admin/users/all', { params: { query: queryOf(filter, PER_PAGE) }, signal })),
    placeholderData: keepPreviousData,
  })
}

/** One person with what he did last. */
export function usePerson(user_id: number) {
  return useQuery({
    queryKey: [...peopleKey, 'one', user_id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/admin/users/{user_id}', { params: { path: { user_id } }, signal })),
  })
}

export type PersonInList = NonNullable<ReturnType<typeof usePeople>['data']>['users'][number]
