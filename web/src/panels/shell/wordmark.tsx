import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import styles from './wordmark.module.css'

/** The name, which is also the way home. Letters and not a picture: it follows theme and text size. */
export function Wordmark({ suffix }: { suffix?: string }) {
  return (
    <Link to={paths.home()} className={styles.wordmark}>
      Leema
      {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
    </Link>
  )
}
