import { AddFactor } from './add-factor.tsx'
import { PasskeyEnrolment } from './passkey-enrolment.tsx'
import { beginPasskey } from './requests.ts'
import { useSecurityTexts } from './texts.ts'

export function AddPasskey({ isFirst }: { isFirst: boolean }) {
  const texts = useSecurityTexts()
  return (
    <AddFactor
      label={texts.passkey_add}
      added={texts.passkey_added}
      isFirst={isFirst}
      begin={() => beginPasskey(null)}
    >
      {(options, onDone) => <PasskeyEnrolment options={options} pre_auth_token={null} onDone={onDone} />}
    </AddFactor>
  )
}
