import { describe, expect, test } from 'vitest'
import { DAY_MS } from '#kernel/time.ts'
import {
  averageRating,
  canMove,
  characteristicsFault,
  MOVES,
  type ModerationStatus,
  type Move,
  rentAfterApproval,
} from './model.ts'

const STATES: ModerationStatus[] = ['pending', 'approved', 'rejected']

test('the state machine of a card is exactly the one of the contract', () => {
  const table = Object.fromEntries(
    (Object.keys(MOVES) as Move[]).map((move) => [
      move,
      STATES.map((from) => (canMove(move, from) ? MOVES[move].to : '–')),
    ]),
  )
  expect(table).toEqual({
    //             pending     approved    rejected
    edit: ['pending', 'pending', 'pending'],
    approve: ['approved', '–', 'approved'],
    reject: ['rejected', 'rejected', '–'],
    switch_off: ['–', 'approved', '–'],
    switch_on: ['–', 'approved', '–'],
    end_rent: ['–', 'approved', '–'],
    pay_rent: ['–', 'approved', '–'],
  })
})

test('approval switches a card on, rejection off, an edit leaves the switch alone', () => {
  expect([MOVES.approve.is_active, MOVES.reject.is_active, MOVES.edit.is_active]).toEqual([
    true,
    false,
    'kept',
  ])
})

describe('rent after an approval', () => {
  const now = new Date('2026-01-05T12:00:00Z')
  const in_30_days = new Date(now.getTime() + 30 * DAY_MS)
  const tomorrow = new Date(now.getTime() + DAY_MS)
  const yesterday = new Date(now.getTime() - DAY_MS)
  test.each([
    [
      'the first approval includes the first period',
      { first_approved_at: null, rent_expires_at: null },
      30,
      in_30_days,
    ],
    [
      'also when an earlier period is over',
      { first_approved_at: null, rent_expires_at: yesterday },
      30,
      in_30_days,
    ],
    ['not while a paid period runs', { first_approved_at: null, rent_expires_at: tomorrow }, 30, tomorrow],
    [
      'a later approval adds nothing',
      { first_approved_at: yesterday, rent_expires_at: yesterday },
      30,
      yesterday,
    ],
    ['0 days mean no expiry', { first_approved_at: null, rent_expires_at: null }, 0, null],
  ])('%s', (_name, card, days, expected) => {
    expect(rentAfterApproval(card, days, now)).toEqual(expected)
  })
})

describe('characteristics', () => {
  const keys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]))
  test.each([
    [
      'plain values, a list, one object inside',
      { color: 'red', sizes: ['S', 'M'], measures: { chest: 90 } },
      null,
    ],
    ['50 keys', keys(50), null],
    ['51 keys', keys(51), 'too_many_keys'],
    ['keys of inner objects count', { inner: keys(50) }, 'too_many_keys'],
    ['an object in an object in an object', { a: { b: { c: 1 } } }, 'too_deep'],
    ['an object in a list', { a: [{ b: 1 }] }, 'too_deep'],
    ['8 KiB', { text: 'x'.repeat(8_192 - 11) }, null],
    ['one byte more', { text: 'x'.repeat(8_192 - 10) }, 'too_large'],
    ['bytes count, not letters', { text: 'ж'.repeat(4_100) }, 'too_large'],
  ])('%s', (_name, value, expected) => {
    expect(characteristicsFault(value)).toBe(expected)
  })
})

test('the average has two decimals and is 0 without reviews', () => {
  expect([averageRating(0, 0), averageRating(14, 3), averageRating(10, 2)]).toEqual([0, 4.67, 5])
})
