import { useProblemText } from '../../api/problems.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { Pager } from '../../lib/router/pager.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './audit-list.module.css'
import { AuditRowItem } from './audit-row.tsx'
import { csvOf, download } from './csv.ts'
import { type AuditFilter, addressOf, countOf } from './filters.ts'
import { COUNTED_MAX, pagesOf, useAudit } from './queries.ts'
import { useAuditTexts } from './texts.ts'

/** One page of the trail, newest first. */
export function AuditList({ filter }: { filter: AuditFilter }) {
  const texts = useAuditTexts()
  const problemText = useProblemText()
  const found = useAudit(filter)
  if (found.isPending) {
    return (
      <div role="status" className={styles.waiting}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="title" />
        <Skeleton shape="title" />
        <Skeleton shape="title" />
      </div>
    )
  }
  if (found.isError && !found.data) {
    return (
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
    )
  }
  const { items } = found.data
  if (items.length === 0) {
    return (
      <State
        icon="search"
        title={texts.empty_title}
        action={
          countOf(filter) > 0 ? <LinkButton to={paths.adminAudit()}>{texts.reset}</LinkButton> : undefined
        }
      >
        <p>{texts.empty_text}</p>
      </State>
    )
  }
  return (
    <div aria-busy={found.isPlaceholderData}>
      <div className={styles.head}>
        <Count total={found.data.total} />
        <Button
          size="small"
          kind="quiet"
          icon="download"
          onClick={() => download(`leema-audit-${items[0]?.id}.csv`, csvOf(items))}
        >
          {texts.export}
        </Button>
      </div>
      <div className={styles.columns} aria-hidden="true">
        <span>{texts.when}</span>
        <span>{texts.what}</span>
        <span>{texts.who}</span>
        <span>{texts.object}</span>
      </div>
      <ul aria-label={texts.title}>
        {items.map((row) => (
          <AuditRowItem key={row.id} row={row} />
        ))}
      </ul>
      <Pager
        page={filter.page}
        {...pagesOf(found.data, filter.page)}
        to={(page) => paths.adminAudit(addressOf({ ...filter, page }))}
      />
    </div>
  )
}

function Count({ total }: { total: number }) {
  const texts = useAuditTexts()
  const language = useLanguage()
  return (
    <p className={styles.count} role="status">
      {total > COUNTED_MAX
        ? texts.found_many(formatNumber(COUNTED_MAX, language))
        : texts.found(total, formatNumber(total, language))}
    </p>
  )
}
