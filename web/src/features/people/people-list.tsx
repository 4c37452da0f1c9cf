import { Link } from 'react-router'
import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { Pager } from '../../lib/router/pager.tsx'
import { formatDate } from '../../lib/time.ts'
import { useWide } from '../../lib/use-wide.ts'
import { paths } from '../../paths.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { Table } from '../../ui/table.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { addressOf, isNarrowed, type PeopleFilter } from './filters.ts'
import styles from './people-list.module.css'
import { BlockedBadge, RoleBadge } from './person-badges.tsx'
import { type PersonInList, usePeople } from './queries.ts'
import { usePeopleTexts } from './texts.ts'

/** One page of people: a table where there is room, cards elsewhere. */
export function PeopleList({ filter }: { filter: PeopleFilter }) {
  const texts = usePeopleTexts()
  const problemText = useProblemText()
  const isWide = useWide()
  const found = usePeople(filter)
  if (found.isPending) {
    return (
      <div role="status" className={styles.waiting}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="title" />
        <Skeleton shape="title" />
        <Skeleton shape="title" />
      </div>
    )
  }
  if (found.isError && !found.data) {
    return (
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
    )
  }
  const { users, total_pages } = found.data
  if (users.length === 0) {
    return (
      <State
        icon="user"
        title={texts.empty_title}
        action={
          isNarrowed(filter) ? <LinkButton to={paths.adminUsers()}>{texts.reset}</LinkButton> : undefined
        }
      >
        <p>{texts.empty_text}</p>
      </State>
    )
  }
  return (
    <div aria-busy={found.isPlaceholderData}>
      {isWide ? <AsTable people={users} /> : <AsCards people={users} />}
      <Pager
        page={filter.page}
        pages={total_pages}
        hasNext={filter.page < total_pages}
        to={(page) => paths.adminUsers(addressOf({ ...filter, page }))}
      />
    </div>
  )
}

type PeopleProps = { people: PersonInList[] }

function AsTable({ people }: PeopleProps) {
  const texts = usePeopleTexts()
  const words = useWords()
  const columns = [texts.person, texts.role, texts.balance, texts.free, texts.generations, texts.since]
  return (
    <Table label={texts.title} columns={columns}>
      {people.map((person) => (
        <tr key={person.id} className={styles.row}>
          <th scope="row">
            <Who person={person} />
          </th>
          <td>
            <span className={styles.badges}>
              <RoleBadge role={person.role} />
              <BlockedBadge isBlocked={person.is_blocked} />
            </span>
          </td>
          <td className={styles.number}>{words.money(person)}</td>
          <td>{words.free(person)}</td>
          <td className={styles.number}>{words.made(person)}</td>
          <td>{words.since(person)}</td>
        </tr>
      ))}
    </Table>
  )
}

function AsCards({ people }: PeopleProps) {
  const texts = usePeopleTexts()
  const words = useWords()
  return (
    <ul className={styles.cards} aria-label={texts.title}>
      {people.map((person) => (
        <li key={person.id} className={styles.card}>
          <Who person={person} />
          <span className={styles.badges}>
            <RoleBadge role={person.role} />
            <BlockedBadge isBlocked={person.is_blocked} />
          </span>
          <dl className={styles.facts}>
            <Fact name={texts.balance} value={words.money(person)} />
            <Fact name={texts.since} value={words.since(person)} />
            <Fact name={texts.generations} value={words.made(person)} />
            <Fact name={texts.free} value={words.free(person)} />
          </dl>
        </li>
      ))}
    </ul>
  )
}

/** Name and address; the link fills the whole row or card. */
function Who({ person }: { person: PersonInList }) {
  return (
    <span className={styles.who}>
      <Avatar name={person.name} src={person.avatar_url} />
      <span className={styles.names}>
        <Link className={styles.name} to={paths.adminUser(person.id)}>
          {person.name}
        </Link>
        <span className={styles.email}>{person.email}</span>
      </span>
    </span>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function useWords() {
  const texts = usePeopleTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return {
    money: (person: PersonInList) => formatMoney(person.balance, currency, language),
    made: (person: PersonInList) => formatNumber(person.total_generations, language),
    since: (person: PersonInList) => formatDate(person.created_at, language),
    free: (person: PersonInList) =>
      texts.free_short(
        formatNumber(person.free_generations_left, language),
        formatNumber(person.free_try_ons_left, language),
      ),
  }
}
