import { useMe } from '../../api/me.ts'
import { ModerationEvents } from '../../features/moderation/moderation-events.tsx'
import { useWaiting } from '../../features/moderation/queries.ts'
import { useShopsWaiting } from '../../features/shops-review/queries.ts'
import { ShopReviewEvents } from '../../features/shops-review/shop-review-events.tsx'
import { paths } from '../../paths.ts'
import { WorkLayout } from '../shell/work-layout.tsx'
import { AdminAside } from './aside.tsx'
import { useAdminPanelTexts } from './texts.ts'

/** Frame of the pages of administrators. Who is none is told so by the frame itself. */
export function AdminLayout() {
  const isAdmin = useMe().data?.role === 'admin'
  return isAdmin ? <AdminFrame /> : <Frame cards={null} shops={null} />
}

function AdminFrame() {
  const waiting = useWaiting()
  const shops = useShopsWaiting()
  return (
    <>
      <ModerationEvents />
      <ShopReviewEvents />
      <Frame
        cards={waiting && `${waiting.count}${waiting.isAtLeast ? '+' : ''}`}
        shops={shops === null ? null : String(shops)}
      />
    </>
  )
}

function Frame({ cards, shops }: { cards: string | null; shops: string | null }) {
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
      ]}
      aside={<AdminAside />}
    />
  )
}

function counted(name: string, count: string | null): string {
  return count === null || count === '0' ? name : `${name} · ${count}`
}
