import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { srcSetOf } from '../../api/media.ts'
import { usePlatform } from '../../api/platform.ts'
import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Picture } from '../../ui/picture.tsx'
import styles from './queue-list.module.css'
import { useModerationTexts } from './texts.ts'
import type { Shortfall } from './use-decisions.ts'

type QueueListProps = { cards: readonly Product[]; current: number | null; poor: Record<number, Shortfall> }

/** The cards that wait, oldest first. */
export function QueueList({ cards, current, poor }: QueueListProps) {
  const texts = useModerationTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    // Keeps the open card in sight while somebody walks through the queue with the keyboard.
    if (current !== null) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ol className={styles.list} ref={list}>
      {cards.map((product) => (
        <li key={product.id}>
          <Link
            className={styles.item}
            to={paths.moderationCard(product.id)}
            aria-current={product.id === current ? 'true' : undefined}
          >
            <Picture
              className={styles.picture}
              src={product.images[0]}
              srcSet={srcSetOf(product.images[0])}
              sizes="56px"
              alt=""
            />
            <span className={styles.words}>
              <span className={styles.name}>{product.name}</span>
              <span className={styles.shop}>{product.shop_name}</span>
              <span className={styles.shop}>{formatMoney(product.price, currency, language)}</span>
              {poor[product.id] && <Badge tone="warning">{texts.poor_mark}</Badge>}
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
