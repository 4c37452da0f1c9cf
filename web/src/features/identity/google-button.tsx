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
      <path fill="#4285f4" d="M45.100 24.500c0-1.600-.1-2.700-.4-3.900H24.400v7.100h11.900c-.2 1.800-1.500 4.500-4.400 6.300l6.700 5.200c4-3.700 6.500-9.200 6.500-14.700z" />
      <path fill="#34a853" d="M24.400 46c5.800 0 10.700-1.900 14.200-5.200L31.900 35.600c-1.800 1.300-4.200 2.100-7.500 2.100-5.700 0-10.500-3.700-12.200-8.900l-7 5.400C8.700 41.200 16 46 24.400 46z" />
      <path fill="#fbbc05" d="M12.200 28.800a13.400 13.400 0 0 1 0-9l-7-5.500a22 22 0 0 0 0 19.900z" />
      <path fill="#ea4335" d="M24.400 10.800c4 0 6.700 1.700 8.300 3.200l6-5.900C35 4.700 30.200 2.600 24.400 2.600 16 2.600 8.700 7.400 5.200 14.300l7 5.500c1.700-5.200 6.500-9 12.200-9z" />
    </svg>
  )
}
