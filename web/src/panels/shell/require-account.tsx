import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { session, useAccountType } from '../../api/browser-session.ts'
import { useMe } from '../../api/me.ts'
import { useProblemText } from '../../api/problems.ts'
import { BuyerButton } from '../../features/identity/buyer-button.tsx'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { useShellTexts } from './texts.ts'

type Kind = 'user' | 'shop' | 'admin'

/** Shows its page only to the right kind of account and tells others the way. The server checks again by itself. */
export function RequireAccount({ kind, children }: { kind: Kind; children: ReactNode }) {
  const account_type = useAccountType()
  if (account_type === null) return <Closed kind={kind} signedIn={false} />
  if (kind === 'admin')
    return account_type === 'user' ? <AdminsOnly>{children}</AdminsOnly> : <Closed kind={kind} signedIn />
  return account_type === kind ? children : <Closed kind={kind} signedIn />
}

function AdminsOnly({ children }: { children: ReactNode }) {
  const texts = useShellTexts()
  const problemText = useProblemText()
  const me = useMe()
  if (me.isPending) return <Skeleton shape="block" />
  if (me.isError) {
    return (
      <ReadFailed
        level={1}
        title={texts.load_failed}
        problem={problemText(me.error)}
        onRetry={() => void me.refetch()}
      />
    )
  }
  return me.data.role === 'admin' ? children : <Closed kind="admin" signedIn />
}

function Closed({ kind, signedIn }: { kind: Kind; signedIn: boolean }) {
  const texts = useShellTexts()
  const { pathname, search } = useLocation()
  // A shop has, or can have, a buyer's profile in the same account.
  const isShop = useAccountType() === 'shop'
  const reasons = { user: texts.wrong_kind_user, shop: texts.wrong_kind_shop, admin: texts.wrong_kind_admin }
  return (
    <State
      level={1}
      icon={kind === 'shop' ? 'shop' : kind === 'admin' ? 'shield' : 'user'}
      title={isShop ? texts.wrong_kind_title : texts.guard_title}
      action={
        <>
          {isShop ? (
            <BuyerButton kind="primary" />
          ) : (
            <LinkButton kind="primary" to={paths.signIn(pathname + search)}>
              {texts.sign_in}
            </LinkButton>
          )}
          {signedIn && <Button onClick={() => void session.signOut()}>{texts.sign_out}</Button>}
        </>
      }
    >
      <p>{signedIn ? reasons[kind] : texts.guard_text}</p>
    </State>
  )
}
