import { LinkButton } from '../../../lib/router/link-button.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { useFactors } from './queries.ts'
import { Card, Note, Row, Section } from './section.tsx'
import { SignOut } from './sign-out.tsx'
import { useSecurityTexts } from './texts.ts'

/** In a profile: how well the account is protected, and the way to the page about it. */
export function SecurityLink({ to }: { to: string }) {
  const texts = useSecurityTexts()
  const enabled = useFactors().data?.enabled
  return (
    <Section title={texts.title}>
      <Card>
        <Row
          icon="shield"
          title={texts.open}
          badge={
            enabled !== undefined && (
              <Badge tone={enabled ? 'success' : 'warning'}>{enabled ? texts.step_on : texts.step_off}</Badge>
            )
          }
          actions={
            <LinkButton size="small" to={to}>
              {texts.open_action}
            </LinkButton>
          }
        >
          <Note>{texts.lead}</Note>
        </Row>
      </Card>
      <SignOut />
    </Section>
  )
}
