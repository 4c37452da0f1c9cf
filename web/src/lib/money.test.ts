import { expect, test } from 'vitest'
import { formatMoney } from './money.ts'

/** Intl groups with no-break and narrow no-break spaces, which nobody can tell apart in a test. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('whole amounts stand without decimals, others with two', () => {
  expect(plain(formatMoney(49, 'USD', 'ru'))).toBe('49 $')
  expect(plain(formatMoney(39.9, 'USD', 'ru'))).toBe('39,90 $')
  expect(plain(formatMoney(1.2, 'USD', 'en'))).toBe('$1.20')
})

test('the tenge has its sign, and thousands are grouped', () => {
  expect(plain(formatMoney(24990, 'KZT', 'ru'))).toBe('24 990 ₸')
  expect(plain(formatMoney(24990, 'KZT', 'kk'))).toBe('24 990 ₸')
  expect(plain(formatMoney(1234567.5, 'KZT', 'en'))).toBe('₸1,234,567.50')
})

test('a negative amount keeps its minus', () => {
  expect(plain(formatMoney(-0.5, 'USD', 'en'))).toBe('-$0.50')
})
