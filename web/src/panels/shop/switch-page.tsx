import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import { session } from '../../api/browser-session.ts'
import { useProblemText } from '../../api/problems.ts'
import { switchProfile } from '../../api/switch-profile.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { State } from '../../ui/state.tsx'
import styles from './small-frame.module.css'
import { SmallFrame } from './small-frame.tsx'
import { useShopPanelTexts } from './texts.ts'

/** Instead of the shop's pages for those who are not signed in as one. */
export function SwitchPage({ isUser }: { isUser: boolean }) {
  const texts = useShopPanelTexts()
  const { pathname, search } = useLocation()
  const next = pathname + search
  return (
    <SmallFrame title={isUser ? texts.switch_title : texts.guest_title}>
      {isUser ? <AsUser /> : <AsGuest next={next} />}
    </SmallFrame>
  )
}

function AsUser() {
  const texts = useShopPanelTexts()
  const problemText = useProblemText()
  // The frame turns into the shop's by itself once the session is one of a shop.
  const become = useMutation({ mutationFn: () => switchProfile('shop') })
  return (
    <State
      icon="shop"
      title={texts.switch_title}
      action={
        <>
          <Button kind="primary" busy={become.isPending} onClick={() => become.mutate()}>
            {texts.switch_action}
          </Button>
          <Button onClick={() => void session.signOut()}>{texts.switch_other}</Button>
        </>
      }
    >
      <p>{texts.switch_text}</p>
      <p className={styles.note}>{texts.switch_note}</p>
      {become.isError && (
        <Notice tone="danger" announce>
          {problemText(become.error)}
        </Notice>
      )}
    </State>
  )
}

function AsGuest({ next }: { next: string }) {
  const texts = useShopPanelTexts()
  return (
    <State
      icon="shop"
      title={texts.guest_title}
      action={
        <>
          <LinkButton kind="primary" to={paths.signIn(next)}>
            {texts.sign_in}
          </LinkButton>
          <LinkButton to={paths.signUp(next)}>{texts.sign_up}</LinkButton>
        </>
      }
    >
      <p>{texts.guest_text}</p>
    </State>
  )
}
