import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { personCan, type Verdict } from '../../api/can.ts'
import { useMe } from '../../api/me.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Person } from '../../api/types.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './person-actions.module.css'
import { peopleKey } from './queries.ts'
import { blockPerson, unblockPerson } from './requests.ts'
import { RoleDialog } from './role-dialog.tsx'
import { usePeopleTexts } from './texts.ts'

/** Role and block. What may not be done is disabled with the reason. */
export function PersonActions({ person }: { person: Person }) {
  const texts = usePeopleTexts()
  const me = useMe()
  const why_id = useId()
  const [open, setOpen] = useState<'role' | 'block' | null>(null)
  if (!me.data) return null
  const canRole = personCan.changeRole(person, me.data)
  const canBlock = personCan.block(person, me.data)
  const why = whyNot(canRole, canBlock, texts)
  return (
    <section className={styles.actions} aria-labelledby="actions-title">
      <h2 id="actions-title">{texts.actions}</h2>
      <div className={styles.buttons}>
        <Button
          icon="shield"
          disabled={!canRole.allowed}
          aria-describedby={canRole.allowed ? undefined : why_id}
          onClick={() => setOpen('role')}
        >
          {person.role === 'admin' ? texts.make_user : texts.make_admin}
        </Button>
        {person.is_blocked ? (
          <Unblock person={person} />
        ) : (
          <Button
            kind="danger"
            icon="close"
            disabled={!canBlock.allowed}
            aria-describedby={canBlock.allowed ? undefined : why_id}
            onClick={() => setOpen('block')}
          >
            {texts.block}
          </Button>
        )}
      </div>
      {why !== null && (
        <p className={styles.why} id={why_id}>
          {why}
        </p>
      )}
      {open === 'role' && <RoleDialog person={person} onClose={() => setOpen(null)} />}
      {open === 'block' && <Block person={person} onClose={() => setOpen(null)} />}
    </section>
  )
}

function Block({ person, onClose }: { person: Person; onClose: () => void }) {
  const texts = usePeopleTexts()
  const problemText = useProblemText()
  const block = useMutation({
    mutationFn: (reason: string) => blockPerson(person.id, reason),
    onSuccess: () => {
      toast(texts.now_blocked(person.name))
      onClose()
      return queryClient.invalidateQueries({ queryKey: peopleKey })
    },
  })
  return (
    <ReasonDialog
      open
      onOpenChange={onClose}
      title={texts.block_title(person.name)}
      action={texts.block}
      busy={block.isPending}
      problem={block.isError ? problemText(block.error) : null}
      onReason={(reason) => block.mutate(reason)}
    >
      <p>{texts.block_text}</p>
      <p>{texts.recorded}</p>
    </ReasonDialog>
  )
}

function Unblock({ person }: { person: Person }) {
  const texts = usePeopleTexts()
  const problemText = useProblemText()
  const unblock = useMutation({
    mutationFn: () => unblockPerson(person.id),
    onSuccess: () => {
      toast(texts.now_unblocked(person.name))
      return queryClient.invalidateQueries({ queryKey: peopleKey })
    },
  })
  return (
    <>
      <Button icon="check" busy={unblock.isPending} onClick={() => unblock.mutate()}>
        {texts.unblock}
      </Button>
      {unblock.isError && (
        <Notice tone="danger" title={texts.failed} announce>
          {problemText(unblock.error)}
        </Notice>
      )}
    </>
  )
}

function whyNot(role: Verdict, block: Verdict, texts: ReturnType<typeof usePeopleTexts>): string | null {
  const refused = [role, block].find((verdict) => !verdict.allowed && verdict.reason === 'oneself')
  return refused ? texts.why_oneself : null
}
