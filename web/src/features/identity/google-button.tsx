import { useMutation } from '@tanstack/react-query'
import type { AccountType } from '../../api/browser-session.ts'
import { useProblemText } from '../../api/problems.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { rememberNext } from './next-after-google.ts'
import { googleUrl } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

export function GoogleButton({ account_type, next }: { account_type: AccountType; next: string }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const leave = useMutation({
    mutationFn: () => googleUrl(account_type),
    onSuccess: (url) => {
      rememberNext(next)
      window.location.assign(url)
    },
  })
  return (
    <>
      <Button wide busy={leave.isPending} onClick={() => leave.mutate()}>
        {!leave.isPending && <GoogleMark />}
        {texts.google}
      </Button>
      {leave.isError && (
        <Notice tone="danger" announce>
          {problemText(leave.error)}
        </Notice>
      )}
    </>
  )
}

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
