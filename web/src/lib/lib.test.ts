import { expect, test } from 'vitest'
import { srcSetOf } from '../api/media.ts'
import { detectLanguage } from './i18n/language.ts'
import { enPlural, ruPlural } from './i18n/plural.ts'
import { fitWithin } from './photo.ts'
import { safeNext } from './safe-next.ts'

test('language: the choice, then the browser, then Russian', () => {
  expect(detectLanguage('kk', ['en-US'])).toBe('kk')
  expect(detectLanguage(null, ['de-DE', 'en-US', 'ru'])).toBe('en')
  expect(detectLanguage(null, ['kk-KZ', 'ru-RU'])).toBe('kk')
  expect(detectLanguage(null, ['zh-CN'])).toBe('ru')
  expect(detectLanguage('tlh', [])).toBe('ru')
})

test('Russian has three forms for a noun after a number, English two', () => {
  const reviews = (count: number) => ruPlural(count, 'отзыв', 'отзыва', 'отзывов')
  expect([1, 2, 5, 11, 21, 22, 112, 0].map(reviews)).toEqual([
    'отзыв',
    'отзыва',
    'отзывов',
    'отзывов',
    'отзыв',
    'отзыва',
    'отзывов',
    'отзывов',
  ])
  expect([0, 1, 2].map((count) => enPlural(count, 'item', 'items'))).toEqual(['items', 'item', 'items'])
})

test('the way back after signing in stays on this site', () => {
  expect(safeNext('/products/7?x=1', '/')).toBe('/products/7?x=1')
  for (const evil of [
    '//evil.kz',
    'https://evil.kz',
    '/\\evil.kz',
    '/\t/evil.kz',
    '/\n/evil.kz',
    'javascript:alert(1)',
    '',
    null,
  ]) {
    expect(safeNext(evil, '/home')).toBe('/home')
  }
})

test('a photo is made smaller, never larger, and keeps its proportions', () => {
  expect(fitWithin(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 })
  expect(fitWithin(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 })
  expect(fitWithin(800, 600, 1600)).toEqual({ width: 800, height: 600 })
  expect(fitWithin(30000, 1, 1600)).toEqual({ width: 1600, height: 1 })
})

test('smaller copies are named for public pictures only', () => {
  expect(srcSetOf('https://cdn.leema.kz/media/abc/original.webp')).toBe(
    'https://cdn.leema.kz/media/abc/320.webp 320w, https://cdn.leema.kz/media/abc/640.webp 640w, https://cdn.leema.kz/media/abc/1024.webp 1024w',
  )
  expect(srcSetOf('https://cdn.leema.kz/media/abc/original.webp?expires=1&signature=x')).toBeUndefined()
  expect(srcSetOf('https://example.com/uploads/products/a.jpg')).toBeUndefined()
  expect(srcSetOf(undefined)).toBeUndefined()
})
