import { describe, expect, test } from 'vitest'
import type { Shop } from '../../api/types.ts'
import { isPhone } from './phone.ts'
import { missingOf, shopStateOf, stepsFor } from './shop-state.ts'
import { topUpAmount } from './top-up-amount.ts'

const shop: Shop = {
  id: 1,
  email: 'tulpar@example.com',
  shop_name: 'Tulpar',
  owner_name: 'Дана',
  description: 'Пальто',
  avatar_url: null,
  phone: '+77011234567',
  whatsapp_number: '+77011234567',
  address: 'Алматы',
  balance: 20,
  is_approved: true,
  is_active: true,
  rejection_reason: null,
  is_blocked: false,
  block_reason: null,
  created_at: '2026-11-24T09:00:00Z',
  updated_at: '2026-11-24T09:00:00Z',
}

test.each([
  [{}, 'active'],
  [{ is_active: false }, 'paused'],
  [{ is_active: false, is_blocked: true, block_reason: 'подделки' }, 'blocked'],
  [{ is_approved: false }, 'pending'],
  [{ is_approved: false, rejection_reason: 'нет адреса' }, 'rejected'],
] as const)('%o is %s', (part, state) => {
  expect(shopStateOf({ ...shop, ...part })).toBe(state)
})

test('blank fields of the profile are missing', () => {
  expect(missingOf({ ...shop, phone: null, address: '  ' })).toEqual(['phone', 'address'])
})

describe('next steps', () => {
  const cards = { all: 3, rejected: 0 }

  test('rejected cards come first, then the profile, then money', () => {
    const facts = {
      shop: { ...shop, phone: null, balance: 1 },
      approval_fee: 5,
      cards: { all: 3, rejected: 1 },
    }
    expect(stepsFor(facts)).toEqual(['fix', 'profile', 'balance', 'add'])
  })

  test('a shop that waits is not sent to cards', () => {
    expect(
      stepsFor({ shop: { ...shop, is_approved: false }, approval_fee: 5, cards: { all: 0, rejected: 0 } }),
    ).toEqual(['done'])
  })

  test('an approved shop without cards makes the first one; a balance of exactly the fee is enough', () => {
    expect(
      stepsFor({ shop: { ...shop, balance: 5 }, approval_fee: 5, cards: { all: 0, rejected: 0 } }),
    ).toEqual(['first'])
    expect(stepsFor({ shop, approval_fee: 5, cards })).toEqual(['add'])
  })
})

test.each([
  ['+7 (701) 123-45-67', true],
  ['', true],
  ['87011234567', false],
  ['+123456', false],
  ['+7701x', false],
])('phone %s: %s', (typed, is_fine) => {
  expect(isPhone(typed)).toBe(is_fine)
})

test.each([
  ['25', 25],
  ['1 000,50', 1000.5],
  ['0,99', null],
  ['50000.01', null],
  ['10.005', null],
  ['ten', null],
])('top-up of %s: %s', (typed, amount) => {
  expect(topUpAmount(typed)).toBe(amount)
})
