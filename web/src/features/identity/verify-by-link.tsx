import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { State } from '../../ui/state.tsx'
import { verifyEmail } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

export function VerifyByLink({ token, next }: { token: string; next: string }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const { mutate, isSuccess, isError, error } = useMutation({
    mutationFn: verifyEmail,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['me'] }),
  })
  useEffect(() => mutate({ token }), [mutate, token])

  if (isSuccess) {
    return (
      <State
        level={1}
        icon="check"
        title={texts.verified_title}
        announce
        action={
          <LinkButton kind="primary" to={next}>
            {texts.continue}
          </LinkButton>
        }
      >
        <p>{texts.verified_text}</p>
      </State>
    )
  }
  if (isError) {
    return (
      <State
        level={1}
        icon="mail"
        title={texts.verify_title}
        announce
        action={<LinkButton to={paths.verifyEmail()}>{texts.continue}</LinkButton>}
      >
        <p>{problemText(error)}</p>
      </State>
    )
  }
  return <State level={1} icon="mail" title={texts.verifying} />
}
