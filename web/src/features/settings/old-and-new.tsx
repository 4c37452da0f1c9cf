import type { Setting } from '../../api/types.ts'
import { Icon } from '../../ui/icon.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './old-and-new.module.css'
import { valueText } from './setting-value.ts'
import { useSpeech } from './use-speech.ts'

type OldAndNewProps = { setting: Pick<Setting, 'key' | 'type'>; old: string; next: string }

/** 0,50 $ → 3 $. Listeners hear it as a sentence. */
export function OldAndNew({ setting, old, next }: OldAndNewProps) {
  const speech = useSpeech()
  const [was, is] = [valueText(setting, old, speech), valueText(setting, next, speech)]
  return (
    <p className={styles.change}>
      <VisuallyHidden>{speech.texts.becomes(was, is)}</VisuallyHidden>
      <span className={styles.old} aria-hidden="true">
        {was}
      </span>
      <Icon name="right" size={16} />
      <span className={styles.next} aria-hidden="true">
        {is}
      </span>
    </p>
  )
}
