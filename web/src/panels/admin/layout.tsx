import { useMe } from '../../api/me.ts'
import { ApprovalEvents } from '../../features/approvals/approval-events.tsx'
import { useTwoPersons } from '../../features/approvals/queries.ts'
import { ModerationEvents } from '../../features/moderation/moderation-events.tsx'
import { useWaiting } from '../../features/moderation/queries.ts'
import { SettingEvents } from '../../features/settings/setting-events.tsx'
import { useShopsWaiting } from '../../features/shops-review/queries.ts'
import { ShopReviewEvents } from '../../features/shops-review/shop-review-events.tsx'
import { paths } from '../../paths.ts'
import { WorkLayout } from '../shell/work-layout.tsx'
import { AdminAside } from './aside.tsx'
import { useAdminPanelTexts } from './texts.ts'

/** Frame of the pages of administrators. Who is none is told so by the frame itself. */
export function AdminLayout() {
  const isAdmin = useMe().data?.role === 'admin'
  return isAdmin ? <AdminFrame /> : <Frame cards={null} shops={null} changes={null} />
}

function AdminFrame() {
  const waiting = useWaiting()
  const shops = useShopsWaiting()
  const changes = useTwoPersons()?.waiting ?? null
  return (
    <>
      <ModerationEvents />
      <ShopReviewEvents />
      <ApprovalEvents />
      <SettingEvents />
      <Frame
        cards={waiting && `${waiting.count}${waiting.isAtLeast ? '+' : ''}`}
        shops={shops === null ? null : String(shops)}
        changes={changes === null ? null : String(changes)}
      />
    </>
  )
}

type Counts = { cards: string | null; shops: string | null; changes: string | null }

function Frame({ cards, shops, changes }: Counts) {
  const texts = useAdminPanelTexts()
  return (
    <WorkLayout
      kind="admin"
      title={texts.title}
      items={[
        { to: paths.admin(), label: texts.overview, icon: 'home', end: true },
        { to: paths.moderation(), label: counted(texts.moderation, cards), icon: 'hanger' },
        { to: paths.adminShops(), label: counted(texts.shops, shops), icon: 'shop' },
        { to: paths.adminUsers(), label: texts.people, icon: 'user' },
        { to: paths.adminAudit(), label: texts.audit, icon: 'clock' },
        { to: paths.adminSettings(), label: texts.settings, icon: 'filter' },
        { to: paths.adminApprovals(), label: counted(texts.approvals, changes), icon: 'shield' },
      ]}
      aside={<AdminAside />}
    />
  )
}

function counted(name: string, count: string | null): string {
  return count === null || count === '0' ? name : `${name} · ${count}`
}
