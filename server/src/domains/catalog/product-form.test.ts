import { expect, test } from 'vitest'
import { Problem } from '#kernel/problem.ts'
import { productFromForm, readFields } from './product-form.ts'

test('the text fields of a form become the JSON form of a card', () => {
  const fields = {
    name: 'Платье',
    price: '19.99',
    category_id: '7',
    characteristics: '{"color":"red"}',
    image_urls: '["/a","/b"]',
  }
  expect(productFromForm(fields)).toEqual({
    name: 'Платье',
    price: 19.99,
    category_id: 7,
    characteristics: { color: 'red' },
    image_urls: ['/a', '/b'],
  })
})

test('pictures may be a comma-separated list, and an empty field is one that was not filled in', () => {
  expect(productFromForm({ image_urls: ' /a , /b,', category_id: '', description: '' })).toEqual({
    image_urls: ['/a', '/b'],
  })
})

test('what cannot be converted stays text for the schema to refuse', () => {
  expect(productFromForm({ price: '1e3', category_id: 'seven', image_urls: '[broken' })).toEqual({
    price: '1e3',
    category_id: 'seven',
    image_urls: '[broken',
  })
})

test('characteristics that are not JSON are named, not ignored', () => {
  expect(() => productFromForm({ characteristics: '{color: red}' })).toThrow(Problem)
})

test('a repeated field is a list, and a file is a field that no card has', async () => {
  const fields = [
    { type: 'field' as const, fieldname: 'image_urls', value: '/a' },
    { type: 'field' as const, fieldname: 'image_urls', value: '/b' },
    { type: 'field' as const, fieldname: 'image_urls', value: '/c' },
  ]
  expect(await readFields(toStream(fields))).toEqual({ image_urls: ['/a', '/b', '/c'] })
  expect(await readFields(toStream([{ type: 'file', fieldname: 'images' }]))).toEqual({
    'images (file)': true,
  })
})

async function* toStream<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}
