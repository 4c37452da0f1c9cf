import { LookView } from '../../features/studio/look-view.tsx'
import { useStudioTexts } from '../../features/studio/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useRouteId } from '../../lib/router/route-id.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { RequireAccount } from '../shell/require-account.tsx'

export function LookPage() {
  const texts = useStudioTexts()
  const generation_id = useRouteId('generation_id')
  if (generation_id === null) return <NotFoundPage />
  return (
    <RequireAccount kind="user">
      <PageTitle>{texts.look_title}</PageTitle>
      <LookView generation_id={generation_id} key={generation_id} />
    </RequireAccount>
  )
}
