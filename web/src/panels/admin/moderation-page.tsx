import { useNavigate } from 'react-router'
import { Desk } from '../../features/moderation/desk.tsx'
import { QueueHeading } from '../../features/moderation/queue-heading.tsx'
import { useModerationTexts } from '../../features/moderation/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useRouteId } from '../../lib/router/route-id.ts'
import { paths } from '../../paths.ts'

export function ModerationPage() {
  const texts = useModerationTexts()
  const navigate = useNavigate()
  const product_id = useRouteId('product_id')
  return (
    <>
      <PageTitle>{texts.queue}</PageTitle>
      <QueueHeading isCardOpen={product_id !== null} />
      <Desk
        product_id={product_id}
        onOpen={(next) =>
          // Walking through the queue leaves one step in the history, so that "back" leads out of it.
          void navigate(next === null ? paths.moderation() : paths.moderationCard(next), {
            replace: product_id !== null,
          })
        }
      />
    </>
  )
}
