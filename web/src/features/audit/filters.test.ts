import { expect, test } from 'vitest'
import { paths } from '../../paths.ts'
import { addressOf, countOf, filterFrom, queryOf } from './filters.ts'

const NONE = filterFrom(new URLSearchParams())

test('a filter survives the way into the address and back, so that it can be shared', () => {
  const filter = {
    actor_type: 'user',
    actor_id: 7,
    action: 'identity.role_changed',
    entity_type: 'user',
    entity_id: 9,
    from: '2026-11-01',
    to: '2026-11-24',
    page: 2,
  } as const
  const address = paths.adminAudit(addressOf(filter))
  expect(filterFrom(new URL(address, 'http://leema').searchParams)).toEqual(filter)
  expect(countOf(filter)).toBe(7)
})

test('without filters the address is plain and only the newest page is asked for', () => {
  expect(paths.adminAudit(addressOf(NONE))).toBe('/admin/audit')
  expect(queryOf(NONE, 50)).toEqual({ skip: 0, limit: 50 })
  expect(countOf(NONE)).toBe(0)
})

test('the last day counts whole, also over the end of a month', () => {
  const { from, to } = queryOf({ ...NONE, from: '2026-01-31', to: '2026-01-31' }, 50)
  expect(from).toBe(new Date(2026, 0, 31).toISOString())
  expect(to).toBe(new Date(2026, 1, 1).toISOString())
})

test.each([
  'actor_id=0',
  'actor_id=x',
  'actor_type=guest',
  'action=DROP TABLE',
  'from=yesterday',
  'to=2026-13-45',
  'entity_id=1.5',
  'page=-1',
])('%s in the address is as if it were not there', (nonsense) => {
  expect(filterFrom(new URLSearchParams(nonsense))).toEqual(NONE)
})
