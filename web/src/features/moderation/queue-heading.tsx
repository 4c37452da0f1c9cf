import { classNames } from '../../lib/class-names.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoment } from '../../lib/time.ts'
import { useQueue, useWaiting } from './queries.ts'
import styles from './queue-heading.module.css'
import { useModerationTexts } from './texts.ts'

/** Name of the page, how many wait and since when. On a phone it gives way to an open card. */
export function QueueHeading({ isCardOpen }: { isCardOpen: boolean }) {
  const texts = useModerationTexts()
  const language = useLanguage()
  const waiting = useWaiting()
  const oldest = useQueue().data?.[0]
  const count =
    waiting && (waiting.isAtLeast ? texts.waiting_many(waiting.count) : texts.waiting(waiting.count))
  return (
    <header className={classNames(styles.heading, isCardOpen && styles.behind)}>
      <h1>{texts.queue}</h1>
      <p className={styles.count} role="status">
        {[count, oldest && texts.oldest(formatMoment(oldest.updated_at, language))]
          .filter(Boolean)
          .join(', ')}
      </p>
    </header>
  )
}
