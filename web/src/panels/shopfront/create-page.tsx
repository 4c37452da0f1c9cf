import { useNavigate, useSearchParams } from 'react-router'
import { useAccountType } from '../../api/browser-session.ts'
import { CreateForm } from '../../features/studio/create-form.tsx'
import { useStudioTexts } from '../../features/studio/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import styles from './create-page.module.css'

export function CreatePage() {
  const texts = useStudioTexts()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  return (
    <div className={styles.page}>
      <PageTitle>{texts.create_title}</PageTitle>
      <div className={styles.head}>
        <h1>{texts.create_title}</h1>
        <p className={styles.intro}>{texts.create_intro}</p>
      </div>
      <CreateForm
        initial={search.get('prompt') ?? ''}
        signedIn={useAccountType() === 'user'}
        onSignIn={(prompt) => void navigate(paths.signIn(paths.create(prompt)))}
        onStarted={(generation) => void navigate(paths.look(generation.id))}
      />
    </div>
  )
}
