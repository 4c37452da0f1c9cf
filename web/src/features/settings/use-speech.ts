import { usePlatform } from '../../api/platform.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import type { Speech } from './setting-value.ts'
import { useSettingsTexts } from './texts.ts'

/** All that putting a value into words needs. */
export function useSpeech(): Speech {
  const texts = useSettingsTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return { texts, language, currency }
}
