import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'
import { type Filters, SORT_QUERY } from './filters.ts'

const PAGE_SIZE = 24
const REVIEWS_PAGE_SIZE = 10

/** Pages of the catalogue for `filters`, one after the other. */
export function useProducts(filters: Filters) {
  const { sort, ...rest } = filters
  return useInfiniteQuery({
    queryKey: ['products', filters],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/products/search', {
          params: { query: { ...rest, ...SORT_QUERY[sort], skip: pageParam, limit: PAGE_SIZE } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.products.length, 0)
      return shown < last.total && last.products.length > 0 ? shown : undefined
    },
    placeholderData: keepPreviousData,
  })
}

/** The first few of a shop or of everything, for a row on another page. */
export function useFewProducts(options: { limit: number; shop_id?: number }) {
  return useQuery({
    queryKey: ['products', 'few', options],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/products/search', {
          params: { query: { ...SORT_QUERY.newest, skip: 0, ...options } },
          signal,
        }),
      ),
  })
}

export function useProduct(product_id: number) {
  return useQuery({
    queryKey: ['product', product_id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/products/{product_id}', { params: { path: { product_id } }, signal })),
  })
}

export function useCategories() {
  return useQuery({
    queryKey: ['categories'],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/api/v1/categories', { params: { query: { skip: 0, limit: 100 } }, signal })))
        .categories,
    staleTime: 10 * 60_000,
  })
}

export function useReviewStats(product_id: number) {
  return useQuery({
    queryKey: ['review-stats', product_id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/products/{product_id}/reviews/stats', { params: { path: { product_id } }, signal }),
      ),
  })
}

export function useReviews(product_id: number) {
  return useInfiniteQuery({
    queryKey: ['reviews', product_id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/products/{product_id}/reviews', {
          params: { path: { product_id }, query: { skip: pageParam, limit: REVIEWS_PAGE_SIZE } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.length === REVIEWS_PAGE_SIZE ? pages.length * REVIEWS_PAGE_SIZE : undefined,
  })
}
