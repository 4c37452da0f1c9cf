import { Link } from 'react-router'
import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { Pager } from '../../lib/router/pager.tsx'
import { formatMoment } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './journal-list.module.css'
import { type JournalRow, pagesOf, useJournal } from './queries.ts'
import { useAuditTexts } from './texts.ts'

/** What happened to the shop and its cards, in sentences. */
export function JournalList({ page }: { page: number }) {
  const texts = useAuditTexts()
  const problemText = useProblemText()
  const found = useJournal(page)
  if (found.isPending) {
    return (
      <div role="status" className={styles.waiting}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
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
  if (found.data.items.length === 0) {
    return (
      <State icon="clock" title={texts.journal_empty_title}>
        <p>{texts.journal_empty_text}</p>
      </State>
    )
  }
  return (
    <div aria-busy={found.isPlaceholderData}>
      <ul className={styles.list} aria-label={texts.journal}>
        {found.data.items.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      <Pager page={page} {...pagesOf(found.data, page)} to={(next) => paths.shopJournal(next)} />
    </div>
  )
}

function Row({ row }: { row: JournalRow }) {
  const texts = useAuditTexts()
  const language = useLanguage()
  const card =
    row.entity_name === null
      ? texts.journal_card_unnamed(row.entity_id ?? 0)
      : texts.journal_card(row.entity_name)
  return (
    <li className={styles.row}>
      <p className={styles.line}>{texts.journal_lines[row.action]?.(card) ?? texts.journal_other}</p>
      <Details row={row} />
      <p className={styles.when}>
        <time dateTime={row.created_at}>{formatMoment(row.created_at, language)}</time>
        {' · '}
        {row.actor === 'shop' ? texts.journal_by_you : texts.journal_by_staff}
      </p>
      {row.entity_type === 'product' && <CardLink row={row} />}
    </li>
  )
}

/** What was said about it and what it cost. */
function Details({ row: { action, new_values } }: { row: JournalRow }) {
  const texts = useAuditTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const isNote = action === 'moderation.product_approved' || action === 'identity.shop_approved'
  const said = textOf(new_values?.reason) ?? textOf(new_values?.rejection_reason) ?? textOf(new_values?.notes)
  const fee = new_values?.fee_cents
  const amount = new_values?.amount_cents
  return (
    <>
      {said !== null && (
        <p className={styles.said}>
          <span className={styles.label}>{isNote ? texts.journal_note : texts.journal_said}:</span> {said}
        </p>
      )}
      {typeof fee === 'number' && fee > 0 && (
        <p className={styles.said}>{texts.journal_fee(formatMoney(fee / 100, currency, language))}</p>
      )}
      {typeof amount === 'number' && (
        <p className={styles.said}>{texts.journal_amount(formatMoney(amount / 100, currency, language))}</p>
      )}
    </>
  )
}

function CardLink({ row: { entity_id, entity_gone } }: { row: JournalRow }) {
  const texts = useAuditTexts()
  if (entity_gone || entity_id === null) return <p className={styles.gone}>{texts.journal_gone}</p>
  return (
    <Link className={styles.link} to={paths.shopProduct(entity_id)}>
      {texts.journal_open}
    </Link>
  )
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
