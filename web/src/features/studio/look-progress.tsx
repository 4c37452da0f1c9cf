import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { generationCan } from '../../api/can.ts'
import type { LiveStatus } from '../../api/live.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Generation } from '../../api/types.ts'
import { classNames } from '../../lib/class-names.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './look-progress.module.css'
import { cancelGeneration } from './requests.ts'
import { STEPS, stepIndex } from './steps.ts'
import { useStudioTexts } from './texts.ts'

/** What the server really does right now; nothing here moves by itself but the seconds. */
export function LookProgress({ generation, live }: { generation: Generation; live: LiveStatus }) {
  const texts = useStudioTexts()
  const queued = generation.status === 'queued'
  const title = queued
    ? texts.waiting_title
    : generation.type === 'try_on'
      ? texts.working_title
      : texts.drawing_title
  return (
    <div className={styles.progress}>
      <div className={styles.stage}>
        {generation.source_image_url !== null ? (
          <img className={styles.photo} src={generation.source_image_url} alt={texts.source_alt} />
        ) : (
          <span className={styles.blank} aria-hidden="true">
            <Icon name="sparkle" size={44} />
          </span>
        )}
        <span className={styles.sheen} aria-hidden="true" />
      </div>
      <div className={styles.side}>
        <h1>{title}</h1>
        <p className={styles.now} role="status">
          {queued ? texts.before_you(generation.queue_position ?? 0) : currentWords(generation, texts.steps)}
        </p>
        {generation.type === 'try_on' && <StepList generation={generation} />}
        <Elapsed since={generation.created_at} />
        <p className={styles.small}>{texts.stay}</p>
        {live !== 'on' && <p className={styles.small}>{texts.reconnecting}</p>}
        <CancelButton generation={generation} />
      </div>
    </div>
  )
}

function currentWords(generation: Generation, steps: Record<string, string>): string {
  if (generation.type !== 'try_on' && generation.step === null) return ''
  return steps[generation.step ?? STEPS[0]] ?? ''
}

function StepList({ generation }: { generation: Generation }) {
  const texts = useStudioTexts()
  const now = generation.status === 'queued' ? -1 : stepIndex(generation.step)
  return (
    <ol className={styles.steps} aria-label={texts.steps_label}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={classNames(styles.step, index < now && styles.done, index === now && styles.current)}
          aria-current={index === now ? 'step' : undefined}
        >
          <span className={styles.dot} aria-hidden="true">
            {index < now && <Icon name="check" size={14} />}
          </span>
          {texts.steps[step]}
          {index < now && <VisuallyHidden>{texts.step_done}</VisuallyHidden>}
          {index === now && <VisuallyHidden>{texts.step_now}</VisuallyHidden>}
        </li>
      ))}
    </ol>
  )
}

function Elapsed({ since }: { since: string }) {
  const texts = useStudioTexts()
  const [now_ms, setNow] = useState(Date.now)
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(ticking)
  }, [])
  const seconds = Math.max(0, Math.round((now_ms - Date.parse(since)) / 1_000))
  return <p className={styles.elapsed}>{texts.elapsed(seconds)}</p>
}

function CancelButton({ generation }: { generation: Generation }) {
  const texts = useStudioTexts()
  const problemText = useProblemText()
  const cancel = useMutation({
    mutationFn: () => cancelGeneration(generation.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['generation', generation.id] }),
  })
  if (!generationCan.cancel(generation).allowed) return null
  return (
    <>
      {cancel.isError && (
        <Notice tone="danger" announce>
          {problemText(cancel.error)}
        </Notice>
      )}
      <Button className={styles.cancel} busy={cancel.isPending} onClick={() => cancel.mutate()}>
        {texts.cancel}
      </Button>
    </>
  )
}
