import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AuthFrame, authDivider, authForm } from './auth-frame.tsx'
import { CodeField } from './code-field.tsx'
import type { SecondFactorMethod } from './pending-second-factor.ts'
import { confirmSecondFactor } from './requests.ts'
import { passkeysWork } from './security/passkey-browser.ts'
import { signInByPasskey } from './security/requests.ts'
import { useSecurityTexts } from './security/texts.ts'
import { useFaultText } from './security/use-fault-text.ts'
import { useFirstField } from './security/use-first-field.ts'
import { useIdentityTexts } from './texts.ts'

type SecondFactorFormProps = {
  pre_auth_token: string
  /** What the account has; the first that this browser can use is offered first. */
  methods: readonly SecondFactorMethod[]
  onDone: () => void
}

/** The second step by whatever the account has, each of equal worth. */
export function SecondFactorForm({ pre_auth_token, methods, onDone }: SecondFactorFormProps) {
  const texts = useIdentityTexts()
  const usable = methods.filter((method) => method !== 'passkey' || passkeysWork())
  const [chosen, setChosen] = useState<SecondFactorMethod | null>(null)
  const method = chosen ?? usable[0] ?? 'recovery_code'
  const intros = { passkey: texts.passkey_text, totp: texts.code_text, recovery_code: texts.recovery_text }
  const others = usable.filter((other) => other !== method)
  return (
    <AuthFrame title={texts.code_title} intro={intros[method]}>
      {method === 'passkey' ? (
        <ByPasskey pre_auth_token={pre_auth_token} onDone={onDone} />
      ) : (
        <ByTyping
          key={method}
          method={method}
          isChosen={chosen !== null}
          pre_auth_token={pre_auth_token}
          onDone={onDone}
        />
      )}
      {others.length > 0 && (
        <div className={authForm}>
          <div className={authDivider}>{texts.or}</div>
          {others.map((other) => (
            <OtherWay key={other} method={other} onChoose={() => setChosen(other)} />
          ))}
        </div>
      )}
    </AuthFrame>
  )
}

const ICONS: Record<SecondFactorMethod, IconName> = { passkey: 'key', totp: 'phone', recovery_code: 'shield' }

function OtherWay({ method, onChoose }: { method: SecondFactorMethod; onChoose: () => void }) {
  const texts = useIdentityTexts()
  const security = useSecurityTexts()
  const names = { passkey: security.passkey_use, totp: texts.use_app, recovery_code: texts.recovery }
  return (
    <Button icon={ICONS[method]} wide onClick={onChoose}>
      {names[method]}
    </Button>
  )
}

type ByProps = { pre_auth_token: string; onDone: () => void }

function ByPasskey({ pre_auth_token, onDone }: ByProps) {
  const texts = useSecurityTexts()
  const faultText = useFaultText()
  const attempt = useMutation({ mutationFn: () => signInByPasskey(pre_auth_token), onSuccess: onDone })
  return (
    <div className={authForm}>
      {attempt.isError && (
        <Notice tone="danger" announce>
          {faultText(attempt.error)}
        </Notice>
      )}
      <Button
        kind="primary"
        size="large"
        icon="key"
        wide
        busy={attempt.isPending}
        onClick={() => attempt.mutate()}
      >
        {texts.passkey_use}
      </Button>
    </div>
  )
}

type ByTypingProps = ByProps & {
  method: 'totp' | 'recovery_code'
  /** By a press; a page that has just been opened is read from its beginning. */
  isChosen: boolean
}

function ByTyping({ method, isChosen, pre_auth_token, onDone }: ByTypingProps) {
  const texts = useIdentityTexts()
  const faultText = useFaultText()
  const form = useRef<HTMLFormElement>(null)
  const [value, setValue] = useState('')
  useFirstField(form, isChosen)
  const attempt = useMutation({
    mutationFn: (typed: string) =>
      confirmSecondFactor(
        pre_auth_token,
        method === 'totp' ? { code: typed } : { recovery_code: typed.trim() },
      ),
    onSuccess: onDone,
    onError: () => setValue(''),
  })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (value.trim() !== '') attempt.mutate(value)
  }

  return (
    <form ref={form} className={authForm} onSubmit={submit} noValidate>
      {method === 'totp' ? (
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
          {faultText(attempt.error)}
        </Notice>
      )}
      <Button type="submit" kind="primary" size="large" wide busy={attempt.isPending}>
        {texts.confirm}
      </Button>
    </form>
  )
}
