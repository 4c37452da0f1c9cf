import { expect, test } from 'vitest'

type Words = Record<string, unknown>
const modules = import.meta.glob<Record<string, Words>>('../../**/texts/{ru,kk,en}.ts', { eager: true })

/** Words that are rightly the same in Russian and Kazakh: names, signs, and words both languages share. */
const SAME_IN_BOTH = new Set(['Образ', 'Профиль', 'Италия', 'Аудит', 'Журнал'])

const features = [...new Set(Object.keys(modules).map((path) => path.replace(/\/(ru|kk|en)\.ts$/, '')))]

test('there are dictionaries to check', () => {
  expect(features.length).toBeGreaterThanOrEqual(5)
  expect(Object.keys(modules)).toHaveLength(features.length * 3)
})

test.each(features)('%s: no empty words, and the same keys in each language', (feature) => {
  const [ru, kk, en] = [flat(feature, 'ru'), flat(feature, 'kk'), flat(feature, 'en')]
  expect([...kk.keys()]).toEqual([...ru.keys()])
  expect([...en.keys()].sort()).toEqual([...ru.keys()].sort())
  for (const words of [ru, kk, en]) for (const [key, text] of words) expect(text.trim(), key).not.toBe('')
})

test.each(features)('%s: Kazakh is not Russian repeated', (feature) => {
  const [ru, kk] = [flat(feature, 'ru'), flat(feature, 'kk')]
  const repeated = [...kk].filter(
    ([key, text]) => ru.get(key) === text && /[а-яё]/i.test(text) && !SAME_IN_BOTH.has(text),
  )
  expect(repeated).toEqual([])
})

test.each(features)('%s: English has no Cyrillic, Russian no Kazakh letters', (feature) => {
  expect([...flat(feature, 'en')].filter(([, text]) => /[\u0400-\u04ff]/.test(text))).toEqual([])
  expect([...flat(feature, 'ru')].filter(([, text]) => /[ӘҒҚҢӨҰҮІҺәғқңөұүіһ]/.test(text))).toEqual([])
})

/** Every text by its path. Functions are called with sample values, so that their words are compared too. */
function flat(feature: string, language: 'ru' | 'kk' | 'en'): Map<string, string> {
  const words = modules[`${feature}/${language}.ts`]?.[language]
  if (!words) throw new Error(`${feature} has no ${language}`)
  const texts = new Map<string, string>()
  collect(words, '', texts)
  return texts
}

function collect(value: unknown, path: string, texts: Map<string, string>): void {
  if (typeof value === 'string') texts.set(path, value)
  else if (typeof value === 'function') {
    // Dictionaries hold sentences only, and those take any number of values.
    const sentence = value as (...values: unknown[]) => unknown
    for (const count of [1, 2, 5]) texts.set(`${path}(${count})`, String(called(sentence, count)))
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      collect(inner, path === '' ? key : `${path}.${key}`, texts)
  }
}

/** With numbers, which plurals need; with a word where a function wants one. */
function called(words: (...values: unknown[]) => unknown, count: number): unknown {
  const values = (value: unknown) => Array.from({ length: words.length }, () => value)
  try {
    return words(...values(count))
  } catch {
    return words(...values(`Leema ${count}`))
  }
}
