import { describe, expect, test } from 'vitest'
import type { Product } from '../../api/types.ts'
import { changesOf, type Draft, draftOf, EMPTY_DRAFT, faultsOf, inputOf, isSound, priceOf } from './draft.ts'

const product: Product = {
  id: 7,
  shop_id: 3,
  shop_name: 'Tulpar',
  category_id: 2,
  name: 'Пальто',
  description: 'Шерсть',
  price: 120.5,
  characteristics: { color: 'синий', size: ['S', 'M'], weight: 800, care: { wash: 30 } },
  images: ['/media/a/original.webp', '/media/b/original.webp'],
  rent_expires_at: null,
  is_active: false,
  moderation_status: 'rejected',
  moderation_notes: 'Нужно фото без водяного знака',
  views_count: 0,
  try_ons_count: 0,
  purchases_count: 0,
  average_rating: 0,
  reviews_count: 0,
  created_at: '2026-11-24T09:00:00Z',
  updated_at: '2026-11-24T09:00:00Z',
  version: 4,
}
const good: Draft = { ...EMPTY_DRAFT, name: 'Юбка', price: '15' }

describe('price', () => {
  test.each([
    ['12 500,50', 12500.5],
    ['12\u00a0500', 12500],
    ['0.99', 0.99],
    ['.5', 0.5],
    ['12e3', null],
    ['-5', null],
    ['двенадцать', null],
  ])('%s is read as %s', (typed, price) => {
    expect(priceOf(typed)).toBe(price)
  })

  test.each([
    ['', 'required'],
    ['abc', 'not_a_number'],
    ['0', 'not_positive'],
    ['1,005', 'too_many_decimals'],
    ['1000000.01', 'too_large'],
  ])('%s is refused as %s', (price, fault) => {
    expect(faultsOf({ ...good, price }).price).toBe(fault)
  })

  test('the highest price and two decimals are fine', () => {
    expect(isSound(faultsOf({ ...good, price: '1000000' }))).toBe(true)
    expect(isSound(faultsOf({ ...good, price: '9,99' }))).toBe(true)
  })
})

describe('faults', () => {
  test('a name of spaces is missing, one of 256 letters is too long', () => {
    expect(faultsOf({ ...good, name: '   ' }).name).toBe('required')
    expect(faultsOf({ ...good, name: 'ы'.repeat(256) }).name).toBe('too_long')
  })

  test('two rows with one name, and a value without a name, are named by their row; an empty row is not', () => {
    const rows = [
      { id: 'a', key: 'color', value: 'red' },
      { id: 'b', key: ' color', value: 'blue' },
      { id: 'c', key: '', value: 'loose' },
      { id: 'd', key: '', value: '' },
    ]
    expect(faultsOf({ ...good, rows }).rows).toEqual({ b: 'same_key', c: 'no_key' })
  })
})

describe('a card in the form', () => {
  test('opened and saved untouched, nothing changes: lists, numbers and nested values survive', () => {
    expect(changesOf(product, inputOf(draftOf(product), product.images, product.characteristics))).toEqual({})
  })

  test('only what was changed is sent', () => {
    const draft = { ...draftOf(product), price: '99', description: ' ' }
    expect(changesOf(product, inputOf(draft, product.images, product.characteristics))).toEqual({
      price: 99,
      description: null,
    })
  })

  test('another order of pictures is a change', () => {
    const turned = [...product.images].reverse()
    expect(changesOf(product, inputOf(draftOf(product), turned, product.characteristics))).toEqual({
      images: turned,
    })
  })

  test('sizes with commas become a list, also on a new card; other values stay as typed', () => {
    const rows = [
      { id: 'a', key: 'size', value: 'S, M,L' },
      { id: 'b', key: 'color', value: 'белый, синий' },
      { id: 'c', key: 'season', value: '' },
    ]
    expect(inputOf({ ...good, rows }, [], null).characteristics).toEqual({
      size: ['S', 'M', 'L'],
      color: 'белый, синий',
    })
  })

  test('when every row is cleared, the characteristics are null', () => {
    expect(inputOf(good, [], null).characteristics).toBeNull()
  })
})
