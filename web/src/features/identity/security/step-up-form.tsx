import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { session } from '../../../api/browser-session.ts'
import { paths } from '../../../paths.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { CodeField } from '../code-field.tsx'
import { PasswordField } from '../password-field.tsx'
import { useIdentityTexts } from '../texts.ts'
import styles from './forms.module.css'
import { passkeysWork } from './passkey-browser.ts'
import { providerNames } from './provider-names.ts'
import { type Factors, useAccount, useFactors } from './queries.ts'
import { type Proof, proveIdentity } from './requests.ts'
import { Loaded } from './section.tsx'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'
import { useFirstField } from './use-first-field.ts'

type Answer = { onAnswer: (proved: boolean) => void }

/** Whatever the account has to prove itself with; the server asks for a factor where there is one. */
export function StepUpForm({ onAnswer }: Answer) {
  const factors = useFactors()
  return <Loaded query={factors}>{(present) => <Ways factors={present} onAnswer={onAnswer} />}</Loaded>
}

function Ways({ factors, onAnswer }: Answer & { factors: Factors }) {
  const texts = useSecurityTexts()
  const has_passkey = factors.passkeys > 0 && passkeysWork()
  const [by_code, setByCode] = useState(!has_passkey)
  if (!factors.enabled) return <WithoutFactor onAnswer={onAnswer} />
  const can_type = factors.totp
  return (
    <div className={styles.stack}>
      <p className={styles.text}>{texts.confirm_text}</p>
      {has_passkey && <ByPasskey isFirst={!by_code} onAnswer={onAnswer} />}
      {can_type && by_code && <ByTyping kind="code" onAnswer={onAnswer} />}
      {can_type && !by_code && (
        <Button icon="phone" wide onClick={() => setByCode(true)}>
          {texts.confirm_with_code}
        </Button>
      )}
      <Again words={texts.confirm_no_access} onAnswer={onAnswer} isQuiet={has_passkey || can_type} />
    </div>
  )
}

function WithoutFactor({ onAnswer }: Answer) {
  const texts = useSecurityTexts()
  return (
    <Loaded query={useAccount()}>
      {({ has_password, providers }) => {
        if (has_password) {
          return (
            <div className={styles.stack}>
              <p className={styles.text}>{texts.confirm_text}</p>
              <ByTyping kind="password" onAnswer={onAnswer} />
            </div>
          )
        }
        const names = providerNames(providers)
        const words = names === null ? texts.confirm_sign_in_plain : texts.confirm_sign_in_text(names)
        return <Again words={words} onAnswer={onAnswer} />
      }}
    </Loaded>
  )
}

function ByPasskey({ isFirst, onAnswer }: Answer & { isFirst: boolean }) {
  const texts = useSecurityTexts()
  const { prove, failure, busy } = useProof(onAnswer)
  return (
    <>
      {failure}
      <Button
        kind={isFirst ? 'primary' : 'secondary'}
        size={isFirst ? 'large' : 'normal'}
        icon="key"
        wide
        busy={busy}
        onClick={() => prove({ kind: 'passkey' })}
      >
        {texts.passkey_use}
      </Button>
    </>
  )
}

function ByTyping({ kind, onAnswer }: Answer & { kind: 'code' | 'password' }) {
  const texts = useSecurityTexts()
  const identity = useIdentityTexts()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState('')
  const { prove, failure, busy } = useProof(onAnswer, () => setTyped(''))
  useFirstField(form)

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (typed !== '') prove({ kind, typed })
  }

  return (
    <form ref={form} className={styles.stack} onSubmit={submit} noValidate>
      {kind === 'code' ? (
        <CodeField
          label={texts.confirm_code}
          value={typed}
          onChange={setTyped}
          onFull={(code) => prove({ kind, typed: code })}
        />
      ) : (
        <PasswordField label={identity.password} purpose="current" value={typed} onChange={setTyped} />
      )}
      {failure}
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {texts.confirm_action}
      </Button>
    </form>
  )
}

/** A wrong answer is said and may be given again. */
function useProof(onAnswer: (proved: boolean) => void, onWrong?: () => void) {
  const faultText = useFaultText()
  const attempt = useMutation({
    mutationFn: (proof: Proof) => proveIdentity(proof),
    onSuccess: () => onAnswer(true),
    onError: () => onWrong?.(),
  })
  const failure = attempt.isError && (
    <Notice tone="danger" announce>
      {faultText(attempt.error)}
    </Notice>
  )
  return { prove: attempt.mutate, busy: attempt.isPending, failure }
}

/** A fresh sign-in is the proof of those who have nothing else, or have it not at hand. */
function Again({ words, onAnswer, isQuiet = false }: Answer & { words: string; isQuiet?: boolean }) {
  const texts = useSecurityTexts()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const leave = async () => {
    onAnswer(false)
    await session.signOut()
    await navigate(paths.signIn(pathname + search))
  }
  return (
    <div className={styles.stack}>
      <p className={isQuiet ? styles.small : styles.text}>{words}</p>
      <Button
        kind={isQuiet ? 'quiet' : 'primary'}
        size={isQuiet ? 'small' : 'large'}
        icon="exit"
        wide
        onClick={() => void leave()}
      >
        {texts.confirm_sign_in_action}
      </Button>
    </div>
  )
}
