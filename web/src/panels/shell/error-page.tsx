import { useRouteError } from 'react-router'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { useShellTexts } from './texts.ts'

/** Instead of a page that threw. A chunk that is gone means that a new version was released meanwhile. */
export function ErrorPage() {
  const texts = useShellTexts()
  const stale = isMissingChunk(useRouteError())
  const title = stale ? texts.stale_title : texts.broken_title
  return (
    <main id="main">
      <PageTitle>{title}</PageTitle>
      <State
        level={1}
        icon="warning"
        title={title}
        announce
        action={
          <Button kind="primary" onClick={() => window.location.reload()}>
            {texts.reload}
          </Button>
        }
      >
        <p>{stale ? texts.stale_text : texts.broken_text}</p>
      </State>
    </main>
  )
}

function isMissingChunk(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)
}
