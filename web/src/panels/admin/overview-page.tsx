import type { ReactNode } from 'react'
import { useMe } from '../../api/me.ts'
import { useTwoPersons } from '../../features/approvals/queries.ts'
import { useQueue, useWaiting } from '../../features/moderation/queries.ts'
import { useShopsWaiting } from '../../features/shops-review/queries.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { formatMoment } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Preferences } from '../shell/preferences.tsx'
import styles from './overview-page.module.css'
import { useAdminPanelTexts } from './texts.ts'

export function OverviewPage() {
  const texts = useAdminPanelTexts()
  const language = useLanguage()
  const me = useMe()
  const waiting = useWaiting()
  const oldest = useQueue().data?.[0]
  const shops = useShopsWaiting()
  const changes = useTwoPersons()?.waiting ?? 0
  const isClear = waiting?.count === 0 && shops === 0 && changes === 0
  return (
    <div className={styles.page}>
      <PageTitle>{texts.overview}</PageTitle>
      <header>
        <h1>{texts.hello(me.data?.name ?? '')}</h1>
        {isClear && <p className={styles.clear}>{texts.nothing_waits}</p>}
      </header>
      <ul className={styles.work}>
        <Pile
          icon="hanger"
          name={texts.cards_waiting}
          count={waiting && `${formatNumber(waiting.count, language)}${waiting.isAtLeast ? '+' : ''}`}
          note={oldest && texts.cards_oldest(formatMoment(oldest.updated_at, language))}
          action={
            <LinkButton kind="primary" icon="right" to={paths.moderation()}>
              {texts.cards_action}
            </LinkButton>
          }
        />
        <Pile
          icon="shop"
          name={texts.shops_waiting}
          count={shops === null ? null : formatNumber(shops, language)}
          action={
            <LinkButton icon="right" to={paths.adminShops()}>
              {texts.shops_action}
            </LinkButton>
          }
        />
        {changes > 0 && (
          <Pile
            icon="shield"
            name={texts.changes_waiting}
            count={formatNumber(changes, language)}
            action={
              <LinkButton icon="right" to={paths.adminApprovals()}>
                {texts.changes_action}
              </LinkButton>
            }
          />
        )}
      </ul>
      <section className={styles.phone} aria-labelledby="preferences-title">
        <h2 id="preferences-title">{texts.preferences}</h2>
        <Preferences />
        <LinkButton icon="filter" to={paths.adminSettings()}>
          {texts.settings}
        </LinkButton>
        <LinkButton icon="shield" to={paths.adminApprovals()}>
          {texts.approvals}
        </LinkButton>
        <LinkButton icon="shield" to={paths.adminSecurity()}>
          {texts.security}
        </LinkButton>
        <LinkButton icon="user" to={paths.account()}>
          {texts.account}
        </LinkButton>
      </section>
    </div>
  )
}

type PileProps = {
  icon: IconName
  name: string
  count: string | null
  note?: string | undefined
  action: ReactNode
}

/** One kind of work: how much of it there is and the way to it. */
function Pile({ icon, name, count, note, action }: PileProps) {
  const texts = useAdminPanelTexts()
  const isClear = count === '0'
  return (
    <li className={styles.pile}>
      <span className={styles.icon}>
        <Icon name={icon} size={26} />
      </span>
      <p className={styles.count}>{count ?? <Skeleton className={styles.waiting} />}</p>
      <h2 className={styles.name}>{name}</h2>
      <p className={styles.note}>{isClear ? texts.clear : note}</p>
      {!isClear && count !== null && <div className={styles.action}>{action}</div>}
    </li>
  )
}
