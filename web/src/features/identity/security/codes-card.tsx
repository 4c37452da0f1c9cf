import { useState } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { CodesDialog } from './codes-dialog.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { refreshSecurity } from './queries.ts'
import { renewRecoveryCodes } from './requests.ts'
import { Below, Card, Note, Row } from './section.tsx'
import { useSecurityTexts } from './texts.ts'

const FEW = 3

export function CodesCard({ left }: { left: number }) {
  const texts = useSecurityTexts()
  const [asking, setAsking] = useState(false)
  const [codes, setCodes] = useState<string[] | null>(null)
  return (
    <Card>
      <Row
        icon="shield"
        as="h3"
        title={texts.codes_title}
        badge={<Badge tone={left > FEW ? 'plain' : 'warning'}>{texts.codes_left(left)}</Badge>}
        actions={
          <Button size="small" onClick={() => setAsking(true)}>
            {texts.codes_renew}
          </Button>
        }
      >
        <Note>{texts.codes_text}</Note>
      </Row>
      {left <= FEW && (
        <Below>
          <Notice tone="warning">{texts.codes_few}</Notice>
        </Below>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.codes_renew_title}
        action={texts.codes_renew}
        work={async () => setCodes(await renewRecoveryCodes())}
      >
        <p>{texts.codes_renew_text}</p>
      </ConfirmDialog>
      <CodesDialog
        codes={codes}
        onSaved={() => {
          setCodes(null)
          void refreshSecurity()
        }}
      />
    </Card>
  )
}
