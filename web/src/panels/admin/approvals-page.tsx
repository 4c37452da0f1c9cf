import { useSearchParams } from 'react-router'
import type { Approval } from '../../api/types.ts'
import { ApprovalsList } from '../../features/approvals/approvals-list.tsx'
import { type Shown, useTwoPersons } from '../../features/approvals/queries.ts'
import { useApprovalTexts } from '../../features/approvals/texts.ts'
import { Promotion } from '../../features/people/promotion.tsx'
import { SettingChange } from '../../features/settings/setting-change.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import styles from './staff-page.module.css'

export function ApprovalsPage() {
  const texts = useApprovalTexts()
  const two = useTwoPersons()
  const [search, setSearch] = useSearchParams()
  const shown: Shown = search.get('show') === 'all' ? 'all' : 'waiting'
  return (
    <div className={styles.page}>
      <PageTitle>{texts.title}</PageTitle>
      <header>
        <h1>{texts.title}</h1>
        <p className={styles.intro}>{texts.intro}</p>
        <p className={styles.intro} role="status">
          {two !== null && two.waiting > 0 && texts.waiting_count(two.waiting)}
        </p>
      </header>
      <div className={styles.choice}>
        <Segmented
          legend={texts.show}
          hideLegend
          options={[
            { value: 'waiting', label: texts.show_waiting },
            { value: 'all', label: texts.show_all },
          ]}
          value={shown}
          onChange={(next) => setSearch(next === 'all' ? { show: 'all' } : {}, { replace: true })}
        />
      </div>
      <ApprovalsList shown={shown} describe={(approval) => <Change approval={approval} />} />
    </div>
  )
}

function Change({ approval }: { approval: Approval }) {
  const texts = useApprovalTexts()
  if (approval.kind === 'settings.change') return <SettingChange payload={approval.payload} />
  if (approval.kind === 'identity.promotion') return <Promotion payload={approval.payload} />
  return <h2>{texts.unknown_change}</h2>
}
