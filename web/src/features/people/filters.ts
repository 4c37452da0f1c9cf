import { pageNumber } from '../../lib/router/page-number.ts'
import type { PeopleFilters } from '../../paths.ts'

export const ROLES = ['user', 'admin'] as const
export const STATES = ['open', 'blocked'] as const
export const SORTS = ['newest', 'oldest', 'name', 'richest'] as const

export type PeopleFilter = {
  query: string
  role: (typeof ROLES)[number] | null
  state: (typeof STATES)[number] | null
  sort: (typeof SORTS)[number]
  page: number
}

export function filterFrom(search: URLSearchParams): PeopleFilter {
  return {
    query: (search.get('query') ?? '').slice(0, 200),
    role: ROLES.find((role) => role === search.get('role')) ?? null,
    state: STATES.find((state) => state === search.get('state')) ?? null,
    sort: SORTS.find((sort) => sort === search.get('sort')) ?? 'newest',
    page: pageNumber(search),
  }
}

/** What goes into the address: nothing that is the same without it. */
export function addressOf({ query, role, state, sort, page }: PeopleFilter): PeopleFilters {
  return {
    query,
    ...(role && { role }),
    ...(state && { state }),
    ...(sort !== 'newest' && { sort }),
    ...(page > 1 && { page }),
  }
}

const SORT_QUERY = {
  newest: { sort_by: 'created_at', sort_order: 'desc' },
  oldest: { sort_by: 'created_at', sort_order: 'asc' },
  name: { sort_by: 'name', sort_order: 'asc' },
  richest: { sort_by: 'balance', sort_order: 'desc' },
} as const

/** What the server is asked (contract 2.16). */
export function queryOf({ query, role, state, sort, page }: PeopleFilter, per_page: number) {
  return {
    ...SORT_QUERY[sort],
    ...(query !== '' && { query }),
    ...(role && { role }),
    ...(state && { is_blocked: state === 'blocked' }),
    page,
    per_page,
  }
}

export function isNarrowed({ query, role, state }: PeopleFilter): boolean {
  return query !== '' || role !== null || state !== null
}
