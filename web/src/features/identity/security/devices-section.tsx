import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLanguage } from '../../../lib/i18n/language.ts'
import { formatMoment } from '../../../lib/time.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { deviceOf } from './device-name.ts'
import { type DeviceSession, refreshSecurity, useSessions } from './queries.ts'
import { endOtherSessions, endSession } from './requests.ts'
import styles from './section.module.css'
import { Card, Loaded, Note, Row, Section } from './section.tsx'
import { useSecurityTexts } from './texts.ts'
import { useDeviceName } from './use-device-name.ts'
import { useFaultText } from './use-fault-text.ts'

/** Where the account is signed in; this device first. */
export function DevicesSection() {
  const texts = useSecurityTexts()
  return (
    <Section title={texts.devices_title} text={texts.devices_text}>
      <Loaded query={useSessions()}>
        {(sessions) => (
          <>
            <Card>
              <ul className={styles.list} aria-label={texts.devices_title}>
                {[...sessions]
                  .sort((one, other) => Number(other.current) - Number(one.current))
                  .map((session) => (
                    <li key={session.id}>
                      <Item session={session} />
                    </li>
                  ))}
              </ul>
            </Card>
            {sessions.length > 1 ? <EndOthers /> : <Note>{texts.others_none}</Note>}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Item({ session }: { session: DeviceSession }) {
  const texts = useSecurityTexts()
  const language = useLanguage()
  const faultText = useFaultText()
  const name = useDeviceName()(session)
  const { current, ip, created_at, last_used_at } = session
  const is_handheld = session.platform === 'mobile' || deviceOf(session.user_agent).is_handheld
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: async () => {
      toast(texts.device_ended)
      await refreshSecurity()
    },
  })
  return (
    <Row
      icon={is_handheld ? 'phone' : 'laptop'}
      title={name}
      badge={current && <Badge tone="success">{texts.device_this}</Badge>}
      actions={
        !current && (
          <Button
            size="small"
            aria-label={texts.device_end_of(name)}
            busy={end.isPending}
            onClick={() => end.mutate()}
          >
            {texts.device_end}
          </Button>
        )
      }
    >
      {ip !== null && <Note>{texts.device_ip(ip)}</Note>}
      <Note>
        {current
          ? texts.device_since(formatMoment(created_at, language))
          : texts.device_active(formatMoment(last_used_at, language))}
      </Note>
      {end.isError && (
        <Notice tone="danger" announce>
          {faultText(end.error)}
        </Notice>
      )}
    </Row>
  )
}

function EndOthers() {
  const texts = useSecurityTexts()
  const [asking, setAsking] = useState(false)
  return (
    <div>
      <Button kind="danger" size="small" onClick={() => setAsking(true)}>
        {texts.others_end}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.others_end_title}
        action={texts.others_end}
        work={async () => {
          await endOtherSessions()
          await refreshSecurity()
          toast(texts.others_ended)
        }}
      >
        <p>{texts.others_end_text}</p>
      </ConfirmDialog>
    </div>
  )
}
