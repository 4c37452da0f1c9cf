import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { usePeopleTexts } from './texts.ts'

/** What a request to make somebody an admin is about. */
export function Promotion({ payload }: { payload: Record<string, unknown> }) {
  const texts = usePeopleTexts()
  const { user_id } = payload
  return (
    <>
      <h2>{texts.promotion_title}</h2>
      {typeof user_id === 'number' && (
        <LinkButton size="small" icon="user" to={paths.adminUser(user_id)}>
          {texts.promotion_link}
        </LinkButton>
      )}
    </>
  )
}
