import { useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { HistoryItem } from './history-item.tsx'
import styles from './history-list.module.css'
import { type HistoryFilter, useHistory } from './queries.ts'
import { useStudioTexts } from './texts.ts'

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const

export function HistoryList() {
  const texts = useStudioTexts()
  const [filter, setFilter] = useState<HistoryFilter>('all')
  const options = [
    { value: 'all', label: texts.filter_all },
    { value: 'try_on', label: texts.filter_try_on },
    { value: 'generation', label: texts.filter_generation },
  ] as const
  return (
    <div className={styles.history}>
      <div className={styles.filter}>
        <Segmented legend={texts.filter} hideLegend options={options} value={filter} onChange={setFilter} />
      </div>
      <Results filter={filter} />
    </div>
  )
}

function Results({ filter }: { filter: HistoryFilter }) {
  const texts = useStudioTexts()
  const problemText = useProblemText()
  const history = useHistory(filter)
  const items = history.data?.pages.flat() ?? []
  if (history.isPending) {
    return (
      <div className={styles.grid}>
        {PLACEHOLDERS.map((place) => (
          <Skeleton key={place} shape="picture" />
        ))}
      </div>
    )
  }
  if (history.isError && items.length === 0) {
    return (
      <ReadFailed
        title={texts.load_failed}
        problem={problemText(history.error)}
        onRetry={() => void history.refetch()}
      />
    )
  }
  if (items.length === 0) {
    return (
      <State
        icon="hanger"
        title={texts.history_empty_title}
        action={
          <>
            <LinkButton kind="primary" to={paths.catalog()}>
              {texts.to_catalog}
            </LinkButton>
            <LinkButton to={paths.create()}>{texts.create_action}</LinkButton>
          </>
        }
      >
        <p>{texts.history_empty_text}</p>
      </State>
    )
  }
  return (
    <>
      <ul className={styles.grid}>
        {items.map((generation) => (
          <HistoryItem key={generation.id} generation={generation} />
        ))}
      </ul>
      <ShowMore list={history} problem={history.isFetchNextPageError ? problemText(history.error) : null} />
    </>
  )
}
