import { expect, test } from 'vitest'
import { localeFrom } from './locale.ts'

test('the language with the highest weight wins, then the first; nothing usable means Russian', () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'ru'],
    ['', 'ru'],
    ['de-DE,fr;q=0.9', 'ru'],
    ['kk', 'kk'],
    ['kk-KZ,ru;q=0.9', 'kk'],
    ['en;q=0.4,kk;q=0.5', 'kk'],
    ['en,kk', 'en'],
    ['ru;q=0,en;q=0.1', 'en'],
    ['x'.repeat(10_000), 'ru'],
  ]
  for (const [header, expected] of cases) expect(localeFrom(header), header?.slice(0, 30)).toBe(expected)
})
