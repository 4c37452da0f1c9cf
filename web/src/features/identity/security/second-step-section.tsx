import { Badge } from '../../../ui/badge.tsx'
import { AppCard } from './app-card.tsx'
import { CodesCard } from './codes-card.tsx'
import { PasskeysCard } from './passkeys-card.tsx'
import { useFactors } from './queries.ts'
import styles from './section.module.css'
import { Loaded, Section } from './section.tsx'
import { useSecurityTexts } from './texts.ts'

/** The second step is on while there is one factor at least. */
export function SecondStepSection() {
  const texts = useSecurityTexts()
  const factors = useFactors()
  const text = factors.data && (factors.data.enabled ? texts.step_on_text : texts.step_off_text)
  return (
    <Section title={texts.step_title} text={text}>
      <Loaded query={factors}>
        {(present) => (
          <>
            <p className={styles.state}>
              <Badge tone={present.enabled ? 'success' : 'warning'}>
                {present.enabled ? texts.step_on : texts.step_off}
              </Badge>
            </p>
            <PasskeysCard factors={present} />
            <AppCard factors={present} />
            {present.enabled && <CodesCard left={present.recovery_codes_left} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}
