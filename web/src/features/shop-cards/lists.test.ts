import { expect, test } from 'vitest'
import type { Category } from '../../api/types.ts'
import { categoryOptions, categoryPath } from './category-options.ts'
import { moveItem } from './move-item.ts'

const category = (id: number, name: string, parent_id: number | null, is_active = true): Category => ({
  id,
  name,
  parent_id,
  is_active,
  slug: name,
  description: null,
  icon_url: null,
  order: id,
  products_count: 0,
  created_at: '2026-11-24T09:00:00Z',
  updated_at: '2026-11-24T09:00:00Z',
})
const tree = [
  category(1, 'Женщинам', null),
  category(2, 'Мужчинам', null),
  category(3, 'Верх', 1),
  category(4, 'Блузы', 3),
  category(5, 'Старое', 1, false),
]

test('categories stand below their parents and are named with them; switched off ones are not offered', () => {
  expect(categoryOptions(tree).map(({ label }) => label)).toEqual([
    'Женщинам',
    'Женщинам → Верх',
    'Женщинам → Верх → Блузы',
    'Мужчинам',
  ])
})

test('the path of a category names its parents; an unknown one has none', () => {
  expect(categoryPath(tree, 4)).toBe('Женщинам → Верх → Блузы')
  expect(categoryPath(tree, 99)).toBeNull()
  expect(categoryPath(tree, null)).toBeNull()
})

test.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
  [0, -3, 'abc'],
  [0, 9, 'bca'],
  [7, 0, 'abc'],
])('moving %i to %i gives %s', (from, to, order) => {
  expect(moveItem(['a', 'b', 'c'], from, to).join('')).toBe(order)
})
