import type { ReactNode } from 'react'
import { CardRow } from './card-row.tsx'
import styles from './latest-cards.module.css'
import { useMyCards } from './queries.ts'

const SHOWN = 4

/** The newest own cards; simply absent when there are none. */
export function LatestCards({ title, action }: { title: string; action: ReactNode }) {
  const found = useMyCards({ status: 'all', query: '' })
  const cards = found.data?.pages[0]?.slice(0, SHOWN) ?? []
  if (cards.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="latest-title">
      <div className={styles.head}>
        <h2 id="latest-title">{title}</h2>
        {action}
      </div>
      <ul>
        {cards.map((product) => (
          <CardRow key={product.id} product={product} />
        ))}
      </ul>
    </section>
  )
}
