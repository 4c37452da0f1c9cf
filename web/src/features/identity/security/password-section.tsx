import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { askForPasswordReset } from '../requests.ts'
import { PasswordChangeDialog } from './password-change-dialog.tsx'
import { providerNames } from './provider-names.ts'
import { useAccount } from './queries.ts'
import { Below, Card, Loaded, Note, Row, Section } from './section.tsx'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

export function PasswordSection() {
  const texts = useSecurityTexts()
  return (
    <Section title={texts.password_title}>
      <Loaded query={useAccount()}>
        {({ has_password, email, providers }) =>
          has_password ? <Present email={email} /> : <Absent email={email} names={providerNames(providers)} />
        }
      </Loaded>
    </Section>
  )
}

function Present({ email }: { email: string | null }) {
  const texts = useSecurityTexts()
  const [changing, setChanging] = useState(false)
  return (
    <Card>
      <Row
        icon="lock"
        title={texts.password}
        actions={
          <Button size="small" onClick={() => setChanging(true)}>
            {texts.password_change}
          </Button>
        }
      >
        <Note>{texts.password_text}</Note>
      </Row>
      <PasswordChangeDialog email={email} open={changing} onClose={() => setChanging(false)} />
    </Card>
  )
}

/** Of somebody who came by a provider: a password is set by a mailed link, which proves that the address is read. */
function Absent({ email, names }: { email: string | null; names: string | null }) {
  const texts = useSecurityTexts()
  const faultText = useFaultText()
  const send = useMutation({ mutationFn: askForPasswordReset })
  return (
    <Card>
      <Row
        icon="lock"
        title={names === null ? texts.password_none_plain : names}
        actions={
          email !== null && (
            <Button size="small" busy={send.isPending} onClick={() => send.mutate(email)}>
              {texts.password_set}
            </Button>
          )
        }
      >
        <Note>
          {names !== null && texts.password_none(names)} {email === null && texts.password_needs_email}
        </Note>
      </Row>
      {(send.isSuccess || send.isError) && (
        <Below>
          {send.isSuccess ? (
            <Notice tone="success" title={texts.password_link_sent_title} announce>
              {texts.password_link_sent(send.variables)}
            </Notice>
          ) : (
            <Notice tone="danger" announce>
              {faultText(send.error)}
            </Notice>
          )}
        </Below>
      )}
    </Card>
  )
}
