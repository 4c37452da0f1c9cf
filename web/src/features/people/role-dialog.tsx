import { useMutation } from '@tanstack/react-query'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Person } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import { peopleKey } from './queries.ts'
import { changeRole } from './requests.ts'
import styles from './role-dialog.module.css'
import { usePeopleTexts } from './texts.ts'

type RoleDialogProps = { person: Person; onClose: () => void }

/** Says what a change of role means before it is made. */
export function RoleDialog({ person, onClose }: RoleDialogProps) {
  const texts = usePeopleTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const new_role = person.role === 'admin' ? 'user' : 'admin'
  const change = useMutation({
    mutationFn: () => changeRole(person.id, new_role),
    onSuccess: (is_done) => {
      const done = new_role === 'admin' ? texts.now_admin(person.name) : texts.now_user(person.name)
      toast(is_done ? done : texts.role_waits(person.name))
      onClose()
      return queryClient.invalidateQueries({ queryKey: peopleKey })
    },
  })
  const lines = new_role === 'admin' ? texts.make_admin_text : texts.make_user_text
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={new_role === 'admin' ? texts.make_admin_title(person.name) : texts.make_user_title(person.name)}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button
            kind={new_role === 'admin' ? 'primary' : 'danger'}
            busy={change.isPending}
            onClick={() => change.mutate()}
          >
            {new_role === 'admin' ? texts.make_admin : texts.make_user}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <ul className={styles.lines}>
          {[...lines, texts.recorded].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {change.isError && (
          <Notice tone="danger" title={texts.failed} announce>
            {problemText(change.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
