import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AuthFrame } from './auth-frame.tsx'
import styles from './enrolment.module.css'
import { RecoveryCodes } from './recovery-codes.tsx'
import { beginEnrolment } from './requests.ts'
import { AppEnrolment } from './security/app-enrolment.tsx'
import { type PasskeyCreation, passkeysWork } from './security/passkey-browser.ts'
import { PasskeyEnrolment } from './security/passkey-enrolment.tsx'
import { beginPasskey } from './security/requests.ts'
import { useFaultText } from './security/use-fault-text.ts'
import { useIdentityTexts } from './texts.ts'

type Way = 'passkey' | 'app'
/** Made once for one visit: a second request would make a scanned secret worthless, and requests are counted. */
type Begun = { passkey?: PasskeyCreation; app?: { otpauth_url: string; secret: string } }
type EnrolmentProps = {
  /** Of a sign-in that demands a second factor and lets nobody in without one. */
  pre_auth_token: string
  onDone: () => void
}

/** The first factor of an account: choose one of two equal ways, prove it, keep the recovery codes. */
export function Enrolment({ pre_auth_token, onDone }: EnrolmentProps) {
  const texts = useIdentityTexts()
  const [way, setWay] = useState<Way | null>(null)
  const [begun, setBegun] = useState<Begun>({})
  const [codes, setCodes] = useState<string[] | null>(null)
  if (codes !== null) {
    return (
      <AuthFrame title={texts.enrol_title}>
        <RecoveryCodes codes={codes} onSaved={onDone} />
      </AuthFrame>
    )
  }
  const finish = { pre_auth_token, onDone: setCodes }
  return (
    <AuthFrame title={texts.enrol_title} {...(way === null ? { intro: texts.enrol_text } : {})}>
      {way === null && (
        <Ways
          begin={(chosen) => beginBy(chosen, begun, pre_auth_token)}
          onBegun={(chosen, next) => {
            setBegun(next)
            setWay(chosen)
          }}
        />
      )}
      {way === 'app' && begun.app && <AppEnrolment secret={begun.app} {...finish} />}
      {way === 'passkey' && begun.passkey && <PasskeyEnrolment options={begun.passkey} {...finish} />}
      {way !== null && (
        <Button kind="quiet" icon="left" onClick={() => setWay(null)}>
          {texts.enrol_back}
        </Button>
      )}
    </AuthFrame>
  )
}

async function beginBy(way: Way, begun: Begun, pre_auth_token: string): Promise<Begun> {
  if (begun[way] !== undefined) return begun
  return way === 'app'
    ? { ...begun, app: await beginEnrolment(pre_auth_token) }
    : { ...begun, passkey: await beginPasskey(pre_auth_token) }
}

type WaysProps = { begin: (way: Way) => Promise<Begun>; onBegun: (way: Way, begun: Begun) => void }

function Ways({ begin, onBegun }: WaysProps) {
  const texts = useIdentityTexts()
  const faultText = useFaultText()
  const choice = useMutation({ mutationFn: begin, onSuccess: (begun, way) => onBegun(way, begun) })
  const ways: { way: Way; icon: IconName; name: string; text: string }[] = [
    { way: 'passkey', icon: 'key', name: texts.enrol_by_passkey, text: texts.enrol_by_passkey_text },
    { way: 'app', icon: 'phone', name: texts.enrol_by_app, text: texts.enrol_by_app_text },
  ]
  return (
    <div className={styles.ways}>
      {ways
        .filter(({ way }) => way === 'app' || passkeysWork())
        .map(({ way, icon, name, text }) => (
          <button
            key={way}
            type="button"
            className={styles.way}
            aria-busy={choice.isPending && choice.variables === way}
            onClick={() => {
              if (!choice.isPending) choice.mutate(way)
            }}
          >
            <Icon name={icon} size={26} />
            <span>
              <span className={styles.wayName}>{name}</span>
              <span className={styles.wayText}>{text}</span>
            </span>
            <Icon name="right" size={20} />
          </button>
        ))}
      {choice.isError && (
        <Notice tone="danger" announce>
          {faultText(choice.error)}
        </Notice>
      )}
    </div>
  )
}
