import { expect, test } from 'vitest'
import { cents, centsFromWire, centsToText, centsToWire, MONEY_CENTS_MAX, share } from './money.ts'

test('wire amounts become exact cents; more than two decimals, exponents and non-numbers do not', () => {
  const cases: [number, number | null][] = [
    [19.99, 1999],
    [0.1, 10],
    [0.07, 7],
    [1_000_000, 100_000_000],
    [-5.5, -550],
    [0, 0],
    [10.001, null],
    [1e21, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [99_999_999.99, MONEY_CENTS_MAX],
    [100_000_000, null],
  ]
  for (const [wire, expected] of cases) expect(centsFromWire(wire), String(wire)).toBe(expected)
})

test('every amount of cents survives the way to the wire and back', () => {
  for (let amount = 0; amount <= 200_000; amount += 1) expect(centsFromWire(centsToWire(amount))).toBe(amount)
  expect(centsFromWire(centsToWire(MONEY_CENTS_MAX))).toBe(MONEY_CENTS_MAX)
})

test('amounts for people and providers always have two decimals', () => {
  expect([5, 50, 1010, -7, 0].map(centsToText)).toEqual(['0.05', '0.50', '10.10', '-0.07', '0.00'])
})

test('4.16 example 5: commissions round half up to the cent, the rest is the shop’s', () => {
  expect(share(5997, 1_000, 'half_up')).toBe(600)
  expect(share(505, 1_000, 'half_up')).toBe(51)
  expect(share(505, 1_000, 'down')).toBe(50)
  expect(share(MONEY_CENTS_MAX, 10_000, 'half_up')).toBe(MONEY_CENTS_MAX)
})

test('an amount that is no safe integer is a bug and throws', () => {
  for (const amount of [1.5, Number.NaN, MONEY_CENTS_MAX + 1]) expect(() => cents(amount)).toThrow(RangeError)
})
