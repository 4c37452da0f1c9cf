import { textsHook } from '../../lib/i18n/texts.ts'
import { en } from './texts/en.ts'
import { kk } from './texts/kk.ts'
import { ru } from './texts/ru.ts'

export const useSettingsTexts = textsHook({ ru, kk, en })
export type SettingsTexts = typeof ru
