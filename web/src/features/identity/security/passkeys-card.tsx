import { useLanguage } from '../../../lib/i18n/language.ts'
import { formatDate, formatMoment } from '../../../lib/time.ts'
import { AddPasskey } from './add-passkey.tsx'
import { passkeysWork } from './passkey-browser.ts'
import { PasskeyTools } from './passkey-tools.tsx'
import { type Factors, isLastFactor, type Passkey, usePasskeys } from './queries.ts'
import styles from './section.module.css'
import { Below, Card, Loaded, Note, Row } from './section.tsx'
import { useSecurityTexts } from './texts.ts'

export function PasskeysCard({ factors }: { factors: Factors }) {
  const texts = useSecurityTexts()
  return (
    <Card>
      <Row
        icon="key"
        as="h3"
        title={texts.passkeys_title}
        actions={passkeysWork() && <AddPasskey isFirst={!factors.enabled} />}
      >
        <Note>{texts.passkeys_text}</Note>
        {!passkeysWork() && <Note>{texts.passkeys_unsupported}</Note>}
      </Row>
      {factors.passkeys > 0 && <List factors={factors} />}
      {factors.passkeys > 0 && factors.is_compulsory && isLastFactor(factors) && (
        <Below>
          <Note>{texts.keep_last}</Note>
        </Below>
      )}
    </Card>
  )
}

function List({ factors }: { factors: Factors }) {
  const texts = useSecurityTexts()
  const passkeys = usePasskeys()
  if (passkeys.data === undefined) {
    return (
      <Below>
        <Loaded query={passkeys}>{() => null}</Loaded>
      </Below>
    )
  }
  return (
    <ul className={styles.list} aria-label={texts.passkeys_title}>
      {passkeys.data.map((passkey) => (
        <li key={passkey.id}>
          <Item passkey={passkey} factors={factors} />
        </li>
      ))}
    </ul>
  )
}

function Item({ passkey, factors }: { passkey: Passkey; factors: Factors }) {
  const texts = useSecurityTexts()
  const language = useLanguage()
  const { name, created_at, last_used_at, is_backed_up } = passkey
  const is_last = isLastFactor(factors)
  const used =
    last_used_at === null ? texts.passkey_unused : texts.passkey_used(formatMoment(last_used_at, language))
  return (
    <Row
      icon="key"
      title={name}
      isTight
      actions={<PasskeyTools passkey={passkey} isLast={is_last} isKept={is_last && factors.is_compulsory} />}
    >
      <Note>
        {texts.passkey_made(formatDate(created_at, language))} · {used}
      </Note>
      {is_backed_up && <Note>{texts.passkey_synced}</Note>}
    </Row>
  )
}
