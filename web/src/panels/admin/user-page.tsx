import { Link } from 'react-router'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { PersonView } from '../../features/people/person-view.tsx'
import { usePerson } from '../../features/people/queries.ts'
import { usePeopleTexts } from '../../features/people/texts.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useRouteId } from '../../lib/router/route-id.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './list-page.module.css'

export function UserPage() {
  const texts = usePeopleTexts()
  const user_id = useRouteId('user_id')
  return (
    <div className={styles.page}>
      <Link className={styles.back} to={paths.adminUsers()}>
        <Icon name="left" size={18} />
        {texts.to_list}
      </Link>
      {user_id === null ? <Gone /> : <Somebody user_id={user_id} />}
    </div>
  )
}

function Somebody({ user_id }: { user_id: number }) {
  const texts = usePeopleTexts()
  const problemText = useProblemText()
  const person = usePerson(user_id)
  if (person.isPending) {
    return (
      <div role="status">
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="title" />
        <Skeleton shape="block" />
      </div>
    )
  }
  if (person.isError && !person.data) {
    if (person.error instanceof ApiProblem && person.error.status === 404) return <Gone />
    return (
      <ReadFailed
        level={1}
        title={texts.failed_title}
        problem={problemText(person.error)}
        onRetry={() => void person.refetch()}
      />
    )
  }
  return (
    <>
      <PageTitle>{person.data.name}</PageTitle>
      <PersonView person={person.data} />
    </>
  )
}

function Gone() {
  const texts = usePeopleTexts()
  return (
    <State
      level={1}
      icon="user"
      title={texts.gone_title}
      action={<LinkButton to={paths.adminUsers()}>{texts.to_list}</LinkButton>}
    >
      <PageTitle>{texts.gone_title}</PageTitle>
      <p>{texts.gone_text}</p>
    </State>
  )
}
