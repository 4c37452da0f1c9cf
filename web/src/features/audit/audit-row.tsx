import { useState } from 'react'
import { Link } from 'react-router'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatExactMoment } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Facts } from '../../ui/facts.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './audit-row.module.css'
import type { AuditRow } from './queries.ts'
import { useAuditTexts } from './texts.ts'
import { ValueDiff } from './value-diff.tsx'
import { actionWords, actorWords, entityWords } from './words.ts'

/** One line of the trail; opened, everything that was recorded. */
export function AuditRowItem({ row }: { row: AuditRow }) {
  const texts = useAuditTexts()
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  return (
    <li className={styles.row}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.line}>
          <span className={styles.what}>
            {actionWords(row.action, texts)}
            <code className={styles.code}>{row.action}</code>
          </span>
          <span className={styles.who}>{actorWords(row, texts)}</span>
          <span className={styles.object}>{entityWords(row, texts)}</span>
          <time className={styles.when} dateTime={row.created_at}>
            {formatExactMoment(row.created_at, language)}
          </time>
          <span className={styles.arrow}>
            <Icon name="down" size={16} />
          </span>
        </summary>
        {isOpen && <Opened row={row} />}
      </details>
    </li>
  )
}

function Opened({ row }: { row: AuditRow }) {
  const texts = useAuditTexts()
  return (
    <div className={styles.opened}>
      <ValueDiff old_values={row.old_values} new_values={row.new_values} />
      <Facts
        none={texts.unknown}
        facts={[
          [texts.row_id, String(row.id)],
          [texts.time_utc, row.created_at],
          [texts.ip, row.ip_address],
          [texts.user_agent, row.user_agent],
          [texts.request_id, row.request_id],
        ]}
      />
      <Ways row={row} />
    </div>
  )
}

/** To everything else that the same actor did, or that was done to the same thing. */
function Ways({ row: { user_id, shop_id, entity_type, entity_id } }: { row: AuditRow }) {
  const texts = useAuditTexts()
  const actor_id = user_id ?? shop_id
  return (
    <ul className={styles.ways}>
      {user_id !== null && (
        <li>
          <Link className={styles.way} to={paths.adminUser(user_id)}>
            {texts.user_page}
          </Link>
        </li>
      )}
      {actor_id !== null && (
        <li>
          <Link
            className={styles.way}
            to={paths.adminAudit({ actor_type: user_id === null ? 'shop' : 'user', actor_id })}
          >
            {texts.all_of_actor}
          </Link>
        </li>
      )}
      {entity_id !== null && (
        <li>
          <Link className={styles.way} to={paths.adminAudit({ entity_type, entity_id })}>
            {texts.all_of_entity}
          </Link>
        </li>
      )}
    </ul>
  )
}
