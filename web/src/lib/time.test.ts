import { expect, test } from 'vitest'
import { formatDate, formatExactMoment, formatMoment } from './time.ts'

const almaty = { time_zone: 'Asia/Almaty' }

test('a date in each language', () => {
  const instant = '2026-11-24T15:34:00Z'
  expect(formatDate(instant, 'ru', almaty)).toBe('24 ноября 2026 г.')
  expect(formatDate(instant, 'kk', almaty)).toBe('2026 жылғы 24 қараша')
  expect(formatDate(instant, 'en', almaty)).toBe('November 24, 2026')
})

test('the day is the day of the zone', () => {
  expect(formatDate('2026-12-31T20:00:00Z', 'kk', almaty)).toBe('2027 жылғы 1 қаңтар')
  expect(formatDate('2026-12-31T18:00:00Z', 'kk', almaty)).toBe('2026 жылғы 31 желтоқсан')
})

test('a moment adds the time of day', () => {
  expect(formatMoment('2026-11-24T15:34:00Z', 'kk', almaty)).toBe('2026 жылғы 24 қараша, 20:34')
})

test('a record has seconds, with 24 hours in every language', () => {
  expect(formatExactMoment('2026-11-24T15:34:05Z', 'en', almaty)).toBe('November 24, 2026, 20:34:05')
  expect(formatExactMoment('2026-11-24T15:34:05Z', 'ru', almaty)).toBe('24 ноября 2026 г., 20:34:05')
})
