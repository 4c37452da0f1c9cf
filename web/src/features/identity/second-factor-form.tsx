import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AuthFrame, authForm } from './auth-frame.tsx'
import { CodeField } from './code-field.tsx'
import { confirmSecondFactor } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

export function SecondFactorForm({ pre_auth_token, onDone }: { pre_auth_token: string; onDone: () => void }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const [kind, setKind] = useState<'code' | 'recovery_code'>('code')
  const [value, setValue] = useState('')
  const attempt = useMutation({
    mutationFn: (typed: string) =>
      confirmSecondFactor(
        pre_auth_token,
        kind === 'code' ? { code: typed } : { recovery_code: typed.trim() },
      ),
    onSuccess: onDone,
    onError: () => setValue(''),
  })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (value.trim() !== '') attempt.mutate(value)
  }

  return (
    <AuthFrame title={texts.code_title} intro={kind === 'code' ? texts.code_text : texts.recovery_text}>
      <form className={authForm} onSubmit={submit} noValidate>
        {kind === 'code' ? (
          <CodeField
            label={texts.code}
            value={value}
            onChange={setValue}
            onFull={(code) => attempt.mutate(code)}
          />
        ) : (
          <TextField
            label={texts.recovery_code}
            name="recovery_code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            required
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
        {attempt.isError && (
          <Notice tone="danger" announce>
            {problemText(attempt.error)}
          </Notice>
        )}
        <Button type="submit" kind="primary" size="large" wide busy={attempt.isPending}>
          {texts.confirm}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            setValue('')
            setKind(kind === 'code' ? 'recovery_code' : 'code')
          }}
        >
          {kind === 'code' ? texts.recovery : texts.use_app}
        </Button>
      </form>
    </AuthFrame>
  )
}
