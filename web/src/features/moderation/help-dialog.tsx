import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './help-dialog.module.css'
import { SHORTCUTS, useShortcutSwitch } from './shortcuts.ts'
import { useModerationTexts } from './texts.ts'

export function HelpDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const texts = useModerationTexts()
  const ui = useUiTexts()
  const [on, setOn] = useShortcutSwitch()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.help_title} closeLabel={ui.close}>
      <p className={styles.text}>{texts.help_text}</p>
      <dl className={styles.list}>
        {SHORTCUTS.map(({ command, keys }) => (
          <div key={command} className={styles.row}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{texts.help_keys[command]}</dd>
          </div>
        ))}
      </dl>
      <Checkbox checked={on} onChange={setOn}>
        {texts.help_switch}
      </Checkbox>
    </Dialog>
  )
}
