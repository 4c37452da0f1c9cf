import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { State } from '../../ui/state.tsx'

type MailedLinkProps = {
  token: string
  /** What the link is for; begins by itself, because pressing the link was the wish. */
  work: (proof: { token: string }) => Promise<void>
  working: string
  done: { title: string; text: string; action: ReactNode }
  failed: { title: string; action: ReactNode }
}

/** The page behind a link of a letter: at work, done, or why not. */
export function MailedLink({ token, work, working, done, failed }: MailedLinkProps) {
  const problemText = useProblemText()
  const { mutate, isSuccess, isError, error } = useMutation({
    mutationFn: work,
    onSuccess: () =>
      Promise.all(['me', 'security'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
  })
  // A link works once, and effects may run twice while the pages are being worked on.
  const used = useRef<string | null>(null)
  useEffect(() => {
    if (used.current === token) return
    used.current = token
    mutate({ token })
  }, [mutate, token])

  if (isSuccess) {
    return (
      <State level={1} icon="check" title={done.title} announce action={done.action}>
        <p>{done.text}</p>
      </State>
    )
  }
  if (isError) {
    return (
      <State level={1} icon="mail" title={failed.title} announce action={failed.action}>
        <p>{problemText(error)}</p>
      </State>
    )
  }
  return <State level={1} icon="mail" title={working} />
}
