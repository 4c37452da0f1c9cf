import { expect, test } from 'vitest'
import { paths } from '../../paths.ts'
import { addressOf, filterFrom, queryOf } from './filters.ts'

test('a filter survives the way into the address and back', () => {
  const filter = { query: 'aida@', role: 'admin', state: 'blocked', sort: 'richest', page: 3 } as const
  const address = paths.adminUsers(addressOf(filter))
  expect(filterFrom(new URL(address, 'http://leema').searchParams)).toEqual(filter)
})

test('the plain list has a plain address', () => {
  expect(paths.adminUsers(addressOf(filterFrom(new URLSearchParams())))).toBe('/admin/users')
})

test('nonsense in the address is as if it were not there', () => {
  const nonsense = new URLSearchParams('role=root&state=maybe&sort=beauty&page=-2')
  expect(filterFrom(nonsense)).toEqual(filterFrom(new URLSearchParams()))
})

test('the server is asked only for what was chosen', () => {
  expect(queryOf(filterFrom(new URLSearchParams()), 25)).toEqual({
    sort_by: 'created_at',
    sort_order: 'desc',
    page: 1,
    per_page: 25,
  })
  expect(queryOf(filterFrom(new URLSearchParams('state=open&query=ай')), 25)).toMatchObject({
    is_blocked: false,
    query: 'ай',
  })
})
