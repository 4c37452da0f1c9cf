import { Badge } from '../../ui/badge.tsx'
import { usePeopleTexts } from './texts.ts'

export function RoleBadge({ role }: { role: 'user' | 'admin' }) {
  const texts = usePeopleTexts()
  return <Badge tone={role === 'admin' ? 'accent' : 'plain'}>{texts[`role_${role}`]}</Badge>
}

/** Only what is out of the ordinary. */
export function BlockedBadge({ isBlocked }: { isBlocked: boolean }) {
  const texts = usePeopleTexts()
  return isBlocked ? <Badge tone="danger">{texts.state_blocked}</Badge> : null
}
