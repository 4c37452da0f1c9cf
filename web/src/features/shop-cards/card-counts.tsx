import { Link } from 'react-router'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './card-counts.module.css'
import { STATUSES, useCardCounts } from './queries.ts'
import { useCardTexts } from './texts.ts'

/** How many cards stand where; each figure leads to those cards. */
export function CardCounts() {
  const texts = useCardTexts()
  const language = useLanguage()
  const counts = useCardCounts()
  const names = { pending: texts.pending, approved: texts.approved, rejected: texts.rejected }
  return (
    <ul className={styles.counts}>
      {STATUSES.map((status) => (
        <li key={status} className={styles.count}>
          <Link className={styles.link} to={paths.shopProducts({ status })}>
            <span className={styles.figure}>
              {counts ? formatNumber(counts[status], language) : <Skeleton className={styles.waiting} />}
            </span>
            <span className={styles.name}>{names[status]}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
