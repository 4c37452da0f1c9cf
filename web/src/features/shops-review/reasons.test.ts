import { expect, test } from 'vitest'
import { LANGUAGES } from '../../lib/i18n/language.ts'
import { addReason, REASON_MAX, REASON_MIN, REASONS, readyReason } from './reasons.ts'

test('every ready reason is long enough for the server, and all together are not too long', () => {
  for (const language of LANGUAGES) {
    for (const reason of REASONS)
      expect(readyReason(reason, language).length).toBeGreaterThanOrEqual(REASON_MIN)
    expect(
      REASONS.reduce((text, reason) => addReason(text, reason, language), '').length,
    ).toBeLessThanOrEqual(REASON_MAX)
  }
})

test('a reason is added once, after what was typed', () => {
  const once = addReason('Здравствуйте!', 'contacts', 'ru')
  expect(once).toBe(`Здравствуйте!\n${readyReason('contacts', 'ru')}`)
  expect(addReason(once, 'contacts', 'ru')).toBe(once)
})
