import { useMutation } from '@tanstack/react-query'
import type { AccountType } from '../../api/browser-session.ts'
import { useSignInWays } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { authDivider } from './auth-frame.tsx'
import { rememberNext } from './next-after-provider.ts'
import { PROVIDERS, type Provider } from './provider.ts'
import { providerUrl } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

type Destination = { account_type: AccountType; next: string }

/** Those that this installation has keys for. */
export function ProviderButtons(destination: Destination) {
  const texts = useIdentityTexts()
  const ways = useSignInWays()
  const offered = PROVIDERS.filter((provider) => ways[provider])
  if (offered.length === 0) return null
  return (
    <>
      <div className={authDivider}>{texts.or}</div>
      {offered.map((provider) => (
        <ProviderButton key={provider} provider={provider} {...destination} />
      ))}
    </>
  )
}

function ProviderButton({ provider, account_type, next }: Destination & { provider: Provider }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const leave = useMutation({
    mutationFn: () => providerUrl(provider, account_type),
    onSuccess: (url) => {
      rememberNext(account_type === 'shop' && next === paths.home() ? paths.shop() : next)
      window.location.assign(url)
    },
  })
  const Mark = MARKS[provider]
  return (
    <>
      <Button wide busy={leave.isPending} onClick={() => leave.mutate()}>
        {!leave.isPending && <Mark />}
        {texts[provider]}
      </Button>
      {leave.isError && (
        <Notice tone="danger" announce>
          {problemText(leave.error)}
        </Notice>
      )}
    </>
  )
}

const MARKS = { google: GoogleMark, apple: AppleMark }

/** Google asks for its mark in its own colours. */
function GoogleMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path
        fill="#4285f4"
        d="M45.1 24.5c0-1.6-.1-2.7-.4-3.9H24.4v7.1h11.9c-.2 1.8-1.5 4.5-4.4 6.3l6.7 5.2c4-3.7 6.5-9.2 6.5-14.7z"
      />
      <path
        fill="#34a853"
        d="M24.4 46c5.8 0 10.7-1.9 14.2-5.2L31.9 35.6c-1.8 1.3-4.2 2.1-7.5 2.1-5.7 0-10.5-3.7-12.2-8.9l-7 5.4C8.7 41.2 16 46 24.4 46z"
      />
      <path fill="#fbbc05" d="M12.2 28.8a13.4 13.4 0 0 1 0-9l-7-5.5a22 22 0 0 0 0 19.9z" />
      <path
        fill="#ea4335"
        d="M24.4 10.8c4 0 6.7 1.7 8.3 3.2l6-5.9C35 4.7 30.2 2.6 24.4 2.6 16 2.6 8.7 7.4 5.2 14.3l7 5.5c1.7-5.2 6.5-9 12.2-9z"
      />
    </svg>
  )
}

/** Apple asks for its mark in the colour of the text. */
function AppleMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true" focusable="false">
      <path d="M12.152 6.896c-.948 0-2.415-1.078-3.96-1.04-2.04.027-3.91 1.183-4.961 3.014-2.117 3.675-.546 9.103 1.519 12.09 1.013 1.454 2.208 3.09 3.792 3.039 1.52-.065 2.09-.987 3.935-.987 1.831 0 2.35.987 3.96.948 1.637-.026 2.676-1.48 3.676-2.948 1.156-1.688 1.636-3.325 1.662-3.415-.039-.013-3.182-1.221-3.22-4.857-.026-3.04 2.48-4.494 2.597-4.559-1.429-2.09-3.623-2.324-4.39-2.376-2-.156-3.675 1.09-4.61 1.09zM15.53 3.83c.843-1.012 1.4-2.427 1.245-3.83-1.207.052-2.662.805-3.532 1.818-.78.896-1.454 2.338-1.273 3.714 1.338.104 2.715-.688 3.559-1.701" />
    </svg>
  )
}
