import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguage } from '../../lib/i18n/language.ts'
import { chooseTheme, THEMES, useTheme } from '../../lib/theme.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './quick-preferences.module.css'
import { useShellTexts } from './texts.ts'

const SHORT = { ru: 'Рус', kk: 'Қаз', en: 'Eng' } as const
const THEME_ICONS = { system: 'auto', light: 'sun', dark: 'moon' } as const

/** The same two choices in little, for the header of wide screens. */
export function QuickPreferences() {
  const texts = useShellTexts()
  const language = useLanguage()
  const theme = useTheme()
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  const names = { system: texts.theme_system, light: texts.theme_light, dark: texts.theme_dark }
  return (
    <>
      <fieldset className={styles.languages} aria-label={texts.language}>
        {LANGUAGES.map((known) => (
          <button
            key={known}
            type="button"
            lang={known}
            className={styles.language}
            aria-pressed={known === language}
            aria-label={`${SHORT[known]} — ${LANGUAGE_NAMES[known]}`}
            onClick={() => chooseLanguage(known)}
          >
            {SHORT[known]}
          </button>
        ))}
      </fieldset>
      <IconButton
        icon={THEME_ICONS[theme]}
        label={`${texts.theme}: ${names[theme]}`}
        onClick={() => chooseTheme(next)}
      />
    </>
  )
}
