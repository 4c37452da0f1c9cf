import type { AccountType } from '../../api/browser-session.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { useIdentityTexts } from './texts.ts'

export function AccountTypeChoice({
  value,
  onChange,
}: {
  value: AccountType
  onChange: (value: AccountType) => void
}) {
  const texts = useIdentityTexts()
  const options = [
    { value: 'user', label: texts.buyer },
    { value: 'shop', label: texts.shop },
  ] as const
  return (
    <Segmented legend={texts.account_type} hideLegend options={options} value={value} onChange={onChange} />
  )
}
