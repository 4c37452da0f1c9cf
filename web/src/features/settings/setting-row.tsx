import { useState } from 'react'
import { Link } from 'react-router'
import type { Setting } from '../../api/types.ts'
import { formatMoment } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { HistoryDialog } from './history-dialog.tsx'
import styles from './setting-row.module.css'
import { valueText, wordsOf } from './setting-value.ts'
import { useSpeech } from './use-speech.ts'

type SettingRowProps = { setting: Setting; needsTwo: boolean }

/** One setting: what it is and means, who changed it last, and the ways to change it and to look back. */
export function SettingRow({ setting, needsTwo }: SettingRowProps) {
  const speech = useSpeech()
  const { texts, language } = speech
  const [open, setOpen] = useState<'change' | 'history' | null>(null)
  const [openings, setOpenings] = useState(0)
  const { name, about } = wordsOf(setting, texts)
  const { updated_by, updated_at } = setting
  const isWaiting = setting.waiting_approval_id !== null
  function change() {
    setOpenings((count) => count + 1)
    setOpen('change')
  }
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <h3 className={styles.name}>{name}</h3>
        <p className={styles.about}>{about}</p>
        <p className={styles.who}>
          {updated_at === null
            ? texts.never_changed
            : texts.changed_by(updated_by?.name ?? texts.somebody, formatMoment(updated_at, language))}
        </p>
        {isWaiting && (
          <p className={styles.waiting}>
            <Badge tone="warning">{texts.is_waiting}</Badge>
            <Link to={paths.adminApprovals()}>{texts.see_request}</Link>
          </p>
        )}
      </div>
      <p className={styles.value}>{valueText(setting, setting.value, speech)}</p>
      <div className={styles.actions}>
        <Button
          size="small"
          icon="edit"
          disabled={isWaiting}
          aria-label={texts.change_what(name)}
          onClick={change}
        >
          {texts.change}
        </Button>
        <Button
          size="small"
          kind="quiet"
          icon="clock"
          aria-label={texts.history_of(name)}
          onClick={() => setOpen('history')}
        >
          {texts.history}
        </Button>
      </div>
      <ChangeDialog
        // Begins afresh each time, but keeps what was typed when the setting changes meanwhile.
        key={openings}
        setting={setting}
        needsTwo={needsTwo}
        open={open === 'change'}
        onClose={() => setOpen(null)}
      />
      <HistoryDialog setting={setting} open={open === 'history'} onClose={() => setOpen(null)} />
    </li>
  )
}
