import { Link } from 'react-router'
import { usePlatform } from '../../api/platform.ts'
import type { Person } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import { formatDate, formatMoment } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Facts } from '../../ui/facts.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PersonActions } from './person-actions.tsx'
import { BlockedBadge, RoleBadge } from './person-badges.tsx'
import { PersonRecent } from './person-recent.tsx'
import styles from './person-view.module.css'
import { usePeopleTexts } from './texts.ts'

/** Everything an admin knows about one person, and what may be done about the access. */
export function PersonView({ person }: { person: Person }) {
  const language = useLanguage()
  const texts = usePeopleTexts()
  return (
    <div className={styles.view}>
      <header className={styles.head}>
        <h1 className={styles.name}>{person.name}</h1>
        <p className={styles.badges}>
          <RoleBadge role={person.role} />
          <BlockedBadge isBlocked={person.is_blocked} />
        </p>
      </header>
      {person.blocked_at !== null && (
        <Notice tone="danger" title={texts.blocked_title(formatMoment(person.blocked_at, language))}>
          {person.block_reason !== null && <p className={styles.reason}>{person.block_reason}</p>}
        </Notice>
      )}
      <PersonFacts person={person} />
      <PersonActions person={person} />
      <section className={styles.section} aria-labelledby="trail-title">
        <h2 id="trail-title">{texts.trail}</h2>
        <ul className={styles.trail}>
          <TrailLink
            to={paths.adminAudit({ actor_type: 'user', actor_id: person.id })}
            words={texts.trail_by}
          />
          <TrailLink
            to={paths.adminAudit({ entity_type: 'user', entity_id: person.id })}
            words={texts.trail_about}
          />
        </ul>
      </section>
      <PersonRecent person={person} />
    </div>
  )
}

function PersonFacts({ person }: { person: Person }) {
  const texts = usePeopleTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return (
    <Facts
      className={styles.facts}
      none={texts.not_given}
      facts={[
        [texts.email, person.email],
        [texts.since, formatDate(person.created_at, language)],
        [texts.balance, formatMoney(person.balance, currency, language)],
        [texts.free_generations, formatNumber(person.free_generations_left, language)],
        [texts.free_try_ons, formatNumber(person.free_try_ons_left, language)],
        [texts.number, String(person.id)],
      ]}
    />
  )
}

function TrailLink({ to, words }: { to: string; words: string }) {
  return (
    <li>
      <Link className={styles.trailLink} to={to}>
        {words}
        <Icon name="right" size={18} />
      </Link>
    </li>
  )
}
