import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguage } from '../../lib/i18n/language.ts'
import { chooseTheme, useTheme } from '../../lib/theme.ts'
import { SelectField } from '../../ui/field.tsx'
import styles from './preferences.module.css'
import { useShellTexts } from './texts.ts'

/** Language and appearance, in the footer of every panel. */
export function Preferences() {
  const texts = useShellTexts()
  const language = useLanguage()
  const theme = useTheme()
  const themes = [
    { value: 'system', label: texts.theme_system },
    { value: 'light', label: texts.theme_light },
    { value: 'dark', label: texts.theme_dark },
  ] as const
  return (
    <div className={styles.preferences}>
      <SelectField
        compact
        label={texts.language}
        value={language}
        onChange={(event) => {
          const chosen = LANGUAGES.find((known) => known === event.target.value)
          if (chosen) chooseLanguage(chosen)
        }}
        options={LANGUAGES.map((known) => ({ value: known, label: LANGUAGE_NAMES[known] }))}
      />
      <SelectField
        compact
        label={texts.theme}
        value={theme}
        onChange={(event) => {
          const chosen = themes.find((known) => known.value === event.target.value)
          if (chosen) chooseTheme(chosen.value)
        }}
        options={themes}
      />
    </div>
  )
}
