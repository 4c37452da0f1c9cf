import { expect, test } from 'vitest'
import { LANGUAGES } from '../../lib/i18n/language.ts'
import { hasPreset, NOTE_MAX, PRESETS, presetNote, togglePreset, translatePresets } from './reject-presets.ts'

test('all presets together fit into a note, in every language', () => {
  for (const language of LANGUAGES) {
    const all = PRESETS.reduce((note, preset) => togglePreset(note, preset, language), '')
    expect(all.length).toBeLessThanOrEqual(NOTE_MAX)
    expect(all.split('\n')).toHaveLength(PRESETS.length)
  }
})

test('every sentence differs from language to language', () => {
  for (const preset of PRESETS) {
    expect(new Set(LANGUAGES.map((language) => presetNote(preset, language))).size).toBe(LANGUAGES.length)
  }
})

test('a preset is added after what was typed, and taken out without touching it', () => {
  const typed = 'Проверьте бирку.'
  const added = togglePreset(typed, 'blurry', 'ru')
  expect(added).toBe(`${typed}\n${presetNote('blurry', 'ru')}`)
  expect(hasPreset(added, 'blurry', 'ru')).toBe(true)
  expect(togglePreset(added, 'blurry', 'ru')).toBe(typed)
})

test('with the language the sentences turn and the words typed by hand stay', () => {
  const note = togglePreset(togglePreset('Бирка?', 'price', 'ru'), 'category', 'ru')
  const turned = translatePresets(note, 'ru', 'kk')
  expect(turned).toBe(`Бирка?\n${presetNote('price', 'kk')}\n${presetNote('category', 'kk')}`)
  expect(translatePresets(turned, 'kk', 'ru')).toBe(note)
})
