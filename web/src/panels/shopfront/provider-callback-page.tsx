import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useProblemText } from '../../api/problems.ts'
import { forgetNext, rememberedNext } from '../../features/identity/next-after-provider.ts'
import { PROVIDER_NAMES, type ProviderReturn, readProviderReturn } from '../../features/identity/provider.ts'
import { signInByProvider } from '../../features/identity/requests.ts'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { State } from '../../ui/state.tsx'

/** Where the page of Google or Apple sends the browser back to. */
export function ProviderCallbackPage() {
  const texts = useIdentityTexts()
  const [search] = useSearchParams()
  const back = readProviderReturn(search)
  const { error, isRefused } = useEntering(back)
  const name = PROVIDER_NAMES[back.provider]
  const reason = useReason(back, error)
  const title = isRefused ? texts.provider_failed(name) : texts.provider_working(name)
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <State
        level={1}
        icon={isRefused ? 'warning' : 'user'}
        title={title}
        announce
        action={
          isRefused ? (
            <LinkButton kind="primary" to={paths.signIn(rememberedNext(paths.home()))}>
              {texts.try_again}
            </LinkButton>
          ) : undefined
        }
      >
        {isRefused && <p>{reason}</p>}
      </State>
    </>
  )
}

function useEntering({ provider, account_type, proof }: ProviderReturn) {
  const navigate = useNavigate()
  const { mutate, error } = useMutation({
    mutationFn: (given: { code: string; state: string }) => signInByProvider(provider, given, account_type),
    onSuccess: (outcome) => {
      const next = rememberedNext(account_type === 'shop' ? paths.shop() : paths.home())
      forgetNext()
      void navigate(outcome === 'second_factor' ? paths.secondFactor() : next, {
        replace: true,
        state: { next },
      })
    },
  })
  // The code works once, and development renders twice.
  const sent = useRef(false)
  useEffect(() => {
    if (proof === null || sent.current) return
    sent.current = true
    mutate(proof)
  }, [proof, mutate])
  return { error, isRefused: error !== null || proof === null }
}

function useReason({ provider, refusal }: ProviderReturn, error: Error | null): string {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  if (error !== null) return problemText(error)
  const name = PROVIDER_NAMES[provider]
  if (refusal === 'cancelled') return texts.provider_cancelled
  if (refusal === 'refused') return texts.provider_refused(name)
  return refusal === 'away' ? texts.provider_away(name) : texts.provider_stale
}
