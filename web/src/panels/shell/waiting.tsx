import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { useShellTexts } from './texts.ts'
import styles from './waiting.module.css'

/** The very first moment, before any page has arrived. */
export function Waiting() {
  const texts = useShellTexts()
  return (
    <div className={styles.waiting} role="status">
      <span className={styles.name} aria-hidden="true">
        Leema
      </span>
      <VisuallyHidden>{texts.loading}</VisuallyHidden>
    </div>
  )
}
