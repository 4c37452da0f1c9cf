import { usePlatform } from '../../api/platform.ts'
import type { Person } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { formatMoment } from '../../lib/time.ts'
import styles from './person-recent.module.css'
import { usePeopleTexts } from './texts.ts'

/** The ten latest transactions and generations, as the server gives them. */
export function PersonRecent({ person }: { person: Person }) {
  const texts = usePeopleTexts()
  return (
    <div className={styles.columns}>
      <section className={styles.section} aria-labelledby="transactions-title">
        <h2 id="transactions-title">{texts.transactions}</h2>
        <Transactions transactions={person.recent_transactions} />
      </section>
      <section className={styles.section} aria-labelledby="generations-title">
        <h2 id="generations-title">{texts.recent_generations}</h2>
        <Generations generations={person.recent_generations} />
      </section>
    </div>
  )
}

function Transactions({ transactions }: { transactions: Person['recent_transactions'] }) {
  const texts = usePeopleTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  if (transactions.length === 0) return <p className={styles.none}>{texts.no_transactions}</p>
  return (
    <ul>
      {transactions.map(({ id, type, amount, status, created_at }) => (
        <li key={id} className={styles.row}>
          <div>
            <p className={styles.what}>{texts.transaction_types[type] ?? texts.transaction_other}</p>
            <p className={styles.when}>
              {[formatMoment(created_at, language), texts.transaction_status[status]]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </p>
          </div>
          <p className={styles.amount}>
            {amount > 0 && '+'}
            {formatMoney(amount, currency, language)}
          </p>
        </li>
      ))}
    </ul>
  )
}

function Generations({ generations }: { generations: Person['recent_generations'] }) {
  const texts = usePeopleTexts()
  const language = useLanguage()
  if (generations.length === 0) return <p className={styles.none}>{texts.no_generations}</p>
  return (
    <ul>
      {generations.map(({ id, prompt, status, created_at }) => (
        <li key={id} className={styles.row}>
          <div className={styles.words}>
            <p className={styles.prompt}>{prompt ?? texts.no_prompt}</p>
            <p className={styles.when}>
              {formatMoment(created_at, language)} · {texts.generation_status[status] ?? status}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
