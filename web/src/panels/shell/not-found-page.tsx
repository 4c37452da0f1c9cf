import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { State } from '../../ui/state.tsx'
import { useShellTexts } from './texts.ts'

export function NotFoundPage() {
  const texts = useShellTexts()
  return (
    <>
      <PageTitle>{texts.not_found_title}</PageTitle>
      <State
        level={1}
        icon="search"
        title={texts.not_found_title}
        action={
          <>
            <LinkButton kind="primary" to={paths.catalog()}>
              {texts.to_catalog}
            </LinkButton>
            <LinkButton to={paths.home()}>{texts.to_home}</LinkButton>
          </>
        }
      >
        <p>{texts.not_found_text}</p>
      </State>
    </>
  )
}
