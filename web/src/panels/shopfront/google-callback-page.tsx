import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useProblemText } from '../../api/problems.ts'
import { takeNext } from '../../features/identity/next-after-google.ts'
import { signInWithGoogle } from '../../features/identity/requests.ts'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { State } from '../../ui/state.tsx'

/** Where Google's page sends the browser back to. */
export function GoogleCallbackPage() {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const code = search.get('code')
  const state = search.get('state')
  const account_type = search.get('account_type') === 'shop' ? 'shop' : 'user'
  const { mutate, error } = useMutation({
    mutationFn: (given: { code: string; state: string }) =>
      signInWithGoogle(given.code, given.state, account_type),
    onSuccess: (outcome) => {
      const next = takeNext(account_type === 'shop' ? paths.shop() : paths.home())
      void navigate(outcome === 'second_factor' ? paths.secondFactor() : next, {
        replace: true,
        state: { next },
      })
    },
  })
  // The code works once, and development renders twice.
  const sent = useRef(false)
  useEffect(() => {
    if (code === null || state === null || sent.current) return
    sent.current = true
    mutate({ code, state })
  }, [code, state, mutate])

  const failed = error !== null || code === null || state === null
  return (
    <>
      <PageTitle>{failed ? texts.google_failed : texts.google_working}</PageTitle>
      <State
        level={1}
        icon={failed ? 'warning' : 'user'}
        title={failed ? texts.google_failed : texts.google_working}
        announce
        action={failed ? <LinkButton to={paths.signIn()}>{texts.try_again}</LinkButton> : undefined}
      >
        {failed && <p>{error ? problemText(error) : texts.google_cancelled}</p>}
      </State>
    </>
  )
}
