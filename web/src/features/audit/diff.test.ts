import { expect, test } from 'vitest'
import { diffOf } from './diff.ts'

test('fields of both sides stand side by side, and what differs is marked', () => {
  const before = { is_approved: true, is_blocked: false, limits: { a: [1, 2] } }
  const after = { is_approved: true, is_blocked: true, limits: { a: [1, 3] } }
  expect(diffOf(before, after)).toEqual([
    { field: 'is_approved', before: true, after: true, isChanged: false },
    { field: 'is_blocked', before: false, after: true, isChanged: true },
    { field: 'limits', before: { a: [1, 2] }, after: { a: [1, 3] }, isChanged: true },
  ])
})

test('a field that only one side has is a change, and null is not the same as nothing', () => {
  expect(diffOf({ role: 'user', gone: 1 }, { role: 'user', notes: null })).toEqual([
    { field: 'role', before: 'user', after: 'user', isChanged: false },
    { field: 'gone', before: 1, after: undefined, isChanged: true },
    { field: 'notes', before: undefined, after: null, isChanged: true },
  ])
  expect(diffOf(null, null)).toEqual([])
})
