import type { CatalogFilters } from '../../paths.ts'

export const SORTS = ['newest', 'cheap', 'dear', 'popular'] as const
export type Sort = (typeof SORTS)[number]

/** How each choice is asked of the server (contract 2.5). */
export const SORT_QUERY = {
  newest: { sort_by: 'created_at', sort_order: 'desc' },
  cheap: { sort_by: 'price', sort_order: 'asc' },
  dear: { sort_by: 'price', sort_order: 'desc' },
  popular: { sort_by: 'purchases_count', sort_order: 'desc' },
} as const

export type Filters = Omit<CatalogFilters, 'sort'> & { sort: Sort }

/** Filters from the address; anything unreadable in it counts as not given. */
export function filtersFrom(search: URLSearchParams): Filters {
  const query = search.get('query')?.trim().slice(0, 200)
  const category_id = positive(search.get('category_id'))
  const min_price = positive(search.get('min_price'))
  const max_price = positive(search.get('max_price'))
  return {
    ...(query ? { query } : {}),
    ...(category_id !== null && Number.isSafeInteger(category_id) ? { category_id } : {}),
    ...(min_price === null ? {} : { min_price }),
    ...(max_price === null ? {} : { max_price }),
    sort: SORTS.find((sort) => sort === search.get('sort')) ?? 'newest',
  }
}

/** The address for `filters`; the usual sort is left out of it. */
export function searchOf({ sort, ...filters }: Filters): CatalogFilters {
  return sort === 'newest' ? filters : { ...filters, sort }
}

function positive(text: string | null): number | null {
  const value = Number(text)
  return text !== null && text !== '' && Number.isFinite(value) && value > 0 ? value : null
}
