import { Link } from 'react-router'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { classNames } from '../class-names.ts'
import { useUiTexts } from '../i18n/ui-texts.ts'
import styles from './pager.module.css'

type PagerProps = {
  page: number
  /** Null when nobody has counted to the end. */
  pages: number | null
  hasNext: boolean
  /** Address of a page, with everything else of the present address. */
  to: (page: number) => string
}

/** Steps between the pages of a list whose address says which page it is. Nothing when there is only one. */
export function Pager({ page, pages, hasNext, to }: PagerProps) {
  const ui = useUiTexts()
  if (page === 1 && !hasNext) return null
  return (
    <nav className={styles.pager} aria-label={ui.pages}>
      <Step icon="left" label={ui.page_previous} to={page > 1 ? to(page - 1) : null} />
      <span className={styles.where}>{ui.page_of(page, pages)}</span>
      <Step icon="right" label={ui.page_next} to={hasNext ? to(page + 1) : null} />
    </nav>
  )
}

function Step({ icon, label, to }: { icon: IconName; label: string; to: string | null }) {
  if (to === null) {
    return (
      <span className={classNames(styles.step, styles.off)} aria-hidden="true">
        <Icon name={icon} />
      </span>
    )
  }
  return (
    <Link className={styles.step} to={to} aria-label={label} title={label}>
      <Icon name={icon} />
    </Link>
  )
}
