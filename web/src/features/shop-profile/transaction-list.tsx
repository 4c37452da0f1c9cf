import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import { classNames } from '../../lib/class-names.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { formatMoment } from '../../lib/time.ts'
import { Badge } from '../../ui/badge.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { type Transaction, useTransactions } from './queries.ts'
import { useShopTexts } from './texts.ts'
import styles from './transaction-list.module.css'

/** What moved on the balance, newest first. */
export function TransactionList() {
  const texts = useShopTexts()
  const problemText = useProblemText()
  const found = useTransactions()
  if (found.isPending) {
    return (
      <div role="status" className={styles.waiting}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton />
        <Skeleton />
        <Skeleton />
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
  const transactions = found.data.pages.flat()
  if (transactions.length === 0) {
    return (
      <State icon="wallet" title={texts.transactions_empty_title}>
        <p>{texts.transactions_empty_text}</p>
      </State>
    )
  }
  return (
    <>
      <ul className={styles.list} aria-label={texts.transactions}>
        {transactions.map((transaction) => (
          <Row key={transaction.id} transaction={transaction} />
        ))}
      </ul>
      <ShowMore list={found} problem={found.isFetchNextPageError ? problemText(found.error) : null} />
    </>
  )
}

function Row({ transaction }: { transaction: Transaction }) {
  const texts = useShopTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const status = texts.transaction_status[transaction.status]
  const name = texts.transaction_types[transaction.type]
  // The description is written for the records; where the kind has a name in the reader's language, that says more.
  const detail = nameIn(transaction.extra_data) ?? (name === undefined ? transaction.description : null)
  const sign = transaction.amount > 0 ? '+' : ''
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.type}>
          {name ?? texts.transaction_other}
          {status !== undefined && (
            <Badge tone={transaction.status === 'FAILED' ? 'danger' : 'plain'}>{status}</Badge>
          )}
        </p>
        {detail !== null && <p className={styles.detail}>{detail}</p>}
        <p className={styles.when}>{formatMoment(transaction.created_at, language)}</p>
      </div>
      <div className={styles.money}>
        <p
          className={classNames(
            styles.amount,
            transaction.amount > 0 && styles.in,
            transaction.status === 'FAILED' && styles.void,
          )}
        >
          {sign}
          {formatMoney(transaction.amount, transaction.currency || currency, language)}
        </p>
        {transaction.balance_after !== null && (
          <p className={styles.after}>
            {texts.balance_after(
              formatMoney(transaction.balance_after, transaction.currency || currency, language),
            )}
          </p>
        )}
      </div>
    </li>
  )
}

function nameIn(extra: Transaction['extra_data']): string | null {
  const name = extra?.product_name ?? extra?.order_number ?? extra?.reason ?? extra?.reference
  return typeof name === 'string' ? name : null
}
