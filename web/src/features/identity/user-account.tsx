import type { ReactNode } from 'react'
import { useMe } from '../../api/me.ts'
import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import type { User } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { formatDate } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './account.module.css'
import { NameEditor } from './name-editor.tsx'
import { SecurityLink } from './security/security-link.tsx'
import { useIdentityTexts } from './texts.ts'

type UserAccountProps = {
  preferences: ReactNode
  picture: ReactNode
  /** What the person may do about what is kept of him. */
  your_data: ReactNode
}

export function UserAccount({ preferences, picture, your_data }: UserAccountProps) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const me = useMe()
  if (me.isPending) return <Skeleton shape="block" />
  if (me.isError) {
    return (
      <ReadFailed
        level={1}
        title={texts.failed_title}
        problem={problemText(me.error)}
        onRetry={() => void me.refetch()}
      />
    )
  }
  return (
    <div className={styles.account}>
      <Head user={me.data} picture={picture} />
      {!me.data.email_verified && (
        <Notice
          tone="warning"
          title={texts.not_verified_title}
          action={
            <LinkButton size="small" to={paths.verifyEmail(paths.account())}>
              {texts.verify_now}
            </LinkButton>
          }
        >
          {texts.not_verified_text}
        </Notice>
      )}
      <Means user={me.data} />
      <section className={styles.section} aria-labelledby="preferences-title">
        <h2 id="preferences-title">{texts.preferences}</h2>
        {preferences}
      </section>
      <SecurityLink to={paths.accountSecurity()} />
      {your_data}
    </div>
  )
}

function Head({ user, picture }: { user: User; picture: ReactNode }) {
  const texts = useIdentityTexts()
  const language = useLanguage()
  return (
    <header className={styles.head}>
      {picture}
      <div className={styles.who}>
        <NameEditor name={user.name} />
        <p className={styles.email}>{user.email}</p>
        <p className={styles.since}>
          {user.role === 'admin' && <Badge tone="accent">{texts.admin}</Badge>}
          {texts.member_since(formatDate(user.created_at, language))}
        </p>
      </div>
    </header>
  )
}

/** What there is to spend. */
function Means({ user }: { user: User }) {
  const texts = useIdentityTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const means = [
    { name: texts.free_try_ons, value: String(user.free_try_ons_left) },
    { name: texts.free_generations, value: String(user.free_generations_left) },
    { name: texts.balance, value: formatMoney(user.balance, currency, language) },
  ]
  return (
    <dl className={styles.means}>
      {means.map((one) => (
        <div key={one.name} className={styles.mean}>
          <dt>{one.name}</dt>
          <dd>{one.value}</dd>
        </div>
      ))}
    </dl>
  )
}
