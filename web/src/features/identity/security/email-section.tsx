import { useState } from 'react'
import { useLocation } from 'react-router'
import { LinkButton } from '../../../lib/router/link-button.tsx'
import { paths } from '../../../paths.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmailChangeDialog } from './email-change-dialog.tsx'
import { PendingEmail } from './pending-email.tsx'
import { useAccount } from './queries.ts'
import { Below, Card, Loaded, Row, Section } from './section.tsx'
import { useSecurityTexts } from './texts.ts'

export function EmailSection() {
  const texts = useSecurityTexts()
  const { pathname } = useLocation()
  const [changing, setChanging] = useState(false)
  return (
    <Section title={texts.email_title}>
      <Loaded query={useAccount()}>
        {({ email, email_verified, pending_email }) => (
          <Card>
            <Row
              icon="mail"
              title={email ?? texts.email_none}
              badge={
                email !== null && (
                  <Badge tone={email_verified ? 'success' : 'warning'}>
                    {email_verified ? texts.email_verified : texts.email_unverified}
                  </Badge>
                )
              }
              actions={
                <>
                  {email !== null && !email_verified && (
                    <LinkButton size="small" to={paths.verifyEmail(pathname)}>
                      {texts.email_verify}
                    </LinkButton>
                  )}
                  <Button size="small" onClick={() => setChanging(true)}>
                    {email === null ? texts.email_add : texts.email_change}
                  </Button>
                </>
              }
            />
            {pending_email !== null && (
              <Below>
                <PendingEmail email={pending_email} />
              </Below>
            )}
            <EmailChangeDialog present={email} open={changing} onClose={() => setChanging(false)} />
          </Card>
        )}
      </Loaded>
    </Section>
  )
}
