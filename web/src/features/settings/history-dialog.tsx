import { useProblemText } from '../../api/problems.ts'
import type { Setting } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { formatMoment } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './history-dialog.module.css'
import { OldAndNew } from './old-and-new.tsx'
import { type SettingVersion, useSettingHistory } from './queries.ts'
import { wordsOf } from './setting-value.ts'
import { useSettingsTexts } from './texts.ts'
import { useSpeech } from './use-speech.ts'

type HistoryDialogProps = { setting: Setting; open: boolean; onClose: () => void }

/** What a setting was, who changed it, who agreed and why. */
export function HistoryDialog({ setting, open, onClose }: HistoryDialogProps) {
  const texts = useSettingsTexts()
  const ui = useUiTexts()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={texts.history_of(wordsOf(setting, texts).name)}
      closeLabel={ui.close}
    >
      <Versions setting={setting} />
    </Dialog>
  )
}

function Versions({ setting }: { setting: Setting }) {
  const texts = useSettingsTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const found = useSettingHistory(setting.key)
  if (found.isPending) {
    return (
      <div role="status">
        <VisuallyHidden>{texts.history_loading}</VisuallyHidden>
        <Skeleton />
        <Skeleton />
      </div>
    )
  }
  if (found.isError && !found.data) {
    return (
      <Notice
        tone="danger"
        title={texts.failed_title}
        announce
        action={<Button onClick={() => void found.refetch()}>{ui.retry}</Button>}
      >
        {problemText(found.error)}
      </Notice>
    )
  }
  const versions = found.data.pages.flatMap((page) => page.items)
  if (versions.length === 0) return <p>{texts.history_empty}</p>
  return (
    <>
      <ol className={styles.list}>
        {versions.map((version) => (
          <Version key={version.version} setting={setting} version={version} />
        ))}
      </ol>
      <ShowMore list={found} problem={found.isFetchNextPageError ? problemText(found.error) : null} />
    </>
  )
}

function Version({ setting, version }: { setting: Setting; version: SettingVersion }) {
  const { texts, language } = useSpeech()
  const { changed_by, approved_by, reason } = version
  const name = changed_by.name ?? texts.somebody
  return (
    <li className={styles.version}>
      <OldAndNew setting={setting} old={version.old_value} next={version.new_value} />
      <p className={styles.who}>
        {texts.changed_by(name, formatMoment(version.changed_at, language))}
        {approved_by !== null && ` · ${texts.approved_by(approved_by.name ?? texts.somebody)}`}
      </p>
      {reason !== null && <p className={styles.reason}>{texts.reason_was(reason)}</p>}
    </li>
  )
}
