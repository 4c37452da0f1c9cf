import { expect, test } from 'vitest'
import type { Category } from '../../api/types.ts'
import { childrenOf, pathTo } from './category-tree.ts'
import { filtersFrom, searchOf } from './filters.ts'

test('filters survive the way into the address and back', () => {
  const filters = filtersFrom(
    new URLSearchParams('query= платье &category_id=3&min_price=10.5&max_price=99&sort=cheap'),
  )
  expect(filters).toEqual({ query: 'платье', category_id: 3, min_price: 10.5, max_price: 99, sort: 'cheap' })
  expect(searchOf(filters)).toEqual({
    query: 'платье',
    category_id: 3,
    min_price: 10.5,
    max_price: 99,
    sort: 'cheap',
  })
  expect(searchOf(filtersFrom(new URLSearchParams()))).toEqual({})
})

test('nonsense in the address counts as not given', () => {
  const nonsense = new URLSearchParams(
    'query=%20&category_id=1.5&min_price=-3&max_price=Infinity&sort=drop%20table',
  )
  expect(filtersFrom(nonsense)).toEqual({ sort: 'newest' })
})

const category = (id: number, parent_id: number | null, products_count: number): Category => ({
  id,
  parent_id,
  products_count,
  name: `c${id}`,
  slug: `c${id}`,
  description: null,
  icon_url: null,
  order: id,
  is_active: true,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
})

test('branches without a single product are not offered, branches with products further down are', () => {
  const tree = [category(1, null, 0), category(2, 1, 4), category(3, null, 0), category(4, 3, 0)]
  expect(childrenOf(tree, null).map((one) => one.id)).toEqual([1])
  expect(childrenOf(tree, 1).map((one) => one.id)).toEqual([2])
})

test('the path runs from the top; an unknown id has none, and a cycle ends', () => {
  const tree = [category(1, null, 1), category(2, 1, 1), category(3, 2, 1)]
  expect(pathTo(tree, 3).map((one) => one.id)).toEqual([1, 2, 3])
  expect(pathTo(tree, 99)).toEqual([])
  const cycle = [category(1, 2, 1), category(2, 1, 1)]
  expect(pathTo(cycle, 1).length).toBeLessThanOrEqual(3)
})
