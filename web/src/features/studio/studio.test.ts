import { expect, test } from 'vitest'
import { STEPS, stepIndex } from './steps.ts'
import { en } from './texts/en.ts'
import { kk } from './texts/kk.ts'
import { ru } from './texts/ru.ts'

test('steps are counted in the order of the engine; before the first report the photo is being read', () => {
  expect(STEPS.map(stepIndex)).toEqual([0, 1, 2, 3, 4, 5])
  expect(stepIndex(null)).toBe(0)
  expect(stepIndex('something_new')).toBe(0)
})

test('every step of the engine has words in each language', () => {
  for (const texts of [ru, kk, en]) expect(Object.keys(texts.steps)).toEqual([...STEPS])
})
