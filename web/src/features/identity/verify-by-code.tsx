import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useMe, useMyShop } from '../../api/me.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import { AuthFrame, authForm } from './auth-frame.tsx'
import { CodeField } from './code-field.tsx'
import { sendVerificationAgain, verifyEmail } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

export function VerifyByCode({ next }: { next: string }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const navigate = useNavigate()
  const me = useMe()
  const shop = useMyShop()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: verifyEmail,
    onSuccess: async () => {
      toast(texts.verified_title)
      await queryClient.invalidateQueries({ queryKey: ['me'] })
      await navigate(next, { replace: true })
    },
    onError: () => setCode(''),
  })
  const again = useMutation({ mutationFn: sendVerificationAgain, onSuccess: () => toast(texts.verify_sent) })
  const failure = confirm.error ?? again.error

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (code.length === 6) confirm.mutate({ code })
  }

  return (
    <AuthFrame
      title={texts.verify_title}
      intro={texts.verify_text(me.data?.email ?? shop.data?.email ?? '…')}
    >
      <form className={authForm} onSubmit={submit} noValidate>
        <CodeField
          label={texts.verify_code}
          value={code}
          onChange={setCode}
          onFull={(full) => confirm.mutate({ code: full })}
        />
        {failure && (
          <Notice tone="danger" announce>
            {problemText(failure)}
          </Notice>
        )}
        <Button type="submit" kind="primary" size="large" wide busy={confirm.isPending}>
          {texts.confirm}
        </Button>
        <Button busy={again.isPending} onClick={() => again.mutate()}>
          {texts.verify_again}
        </Button>
        <LinkButton kind="quiet" to={next}>
          {texts.verify_later}
        </LinkButton>
      </form>
    </AuthFrame>
  )
}
