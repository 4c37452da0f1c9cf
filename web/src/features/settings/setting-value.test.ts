import { expect, test } from 'vitest'
import { faultOf, grouped, type Speech, valueText, wordsOf } from './setting-value.ts'
import { ru } from './texts/ru.ts'

const price = { type: 'money', min: 0, max: 1_000, value: '0.50' } as const
const days = { type: 'int', min: 1, max: 30, value: '3' } as const
const toggle = { type: 'bool', min: 0, max: 1, value: 'true' } as const

test.each([
  [price, '3', null],
  [price, ' 2,75 ', null],
  [price, '1000', null],
  [price, '', 'empty'],
  [price, 'three', 'not_number'],
  [price, '-1', 'not_number'],
  [price, '1e2', 'not_number'],
  [price, '٣', 'not_number'],
  [price, '1.005', 'too_fine'],
  [price, '1000.01', 'out_of_range'],
  [price, '0,5', 'same'],
  [days, '5', null],
  [days, '2.5', 'not_whole'],
  [days, '0', 'out_of_range'],
  [days, '31', 'out_of_range'],
  [toggle, 'false', null],
  [toggle, 'true', 'same'],
] as const)('%o: „%s“ → %s', (rules, typed, fault) => {
  expect(faultOf(rules, typed)).toBe(fault)
})

test('values are read in words, money and units of the language', () => {
  const speech: Speech = { texts: ru, language: 'ru', currency: 'USD' }
  const text = (key: string, type: 'money' | 'int' | 'percent' | 'bool', value: string) =>
    valueText({ key, type }, value, speech).replaceAll('\u00a0', ' ')
  expect(text('user_try_on_price', 'money', '0.50')).toBe('0,50 $')
  expect(text('shop_commission_rate', 'percent', '12.5')).toBe('12,5 %')
  expect(text('rent_notice_days', 'int', '3')).toBe('3 дня')
  expect(text('user_free_try_ons', 'int', '5')).toBe('5')
  expect(text('payments_enabled', 'bool', 'false')).toBe('Выключено')
})

test('what the page has no words for is shown as the server describes it, in a group of its own', () => {
  const stranger = { key: 'new_thing', description: 'Something new' }
  expect(wordsOf(stranger, ru)).toEqual({ name: 'new_thing', about: 'Something new' })
  expect(grouped([stranger, { key: 'payments_enabled' }])).toEqual([
    { group: 'orders', settings: [{ key: 'payments_enabled' }] },
    { group: 'other', settings: [stranger] },
  ])
})
