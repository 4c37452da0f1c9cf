import type { ReactNode } from 'react'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { Preferences } from '../shell/preferences.tsx'
import { Wordmark } from '../shell/wordmark.tsx'
import styles from './small-frame.module.css'
import { useShopPanelTexts } from './texts.ts'

/** Frame of a page that says one thing and has no navigation of its own. */
export function SmallFrame({ title, children }: { title: string; children: ReactNode }) {
  const texts = useShopPanelTexts()
  return (
    <div className={styles.page}>
      <PageTitle>{title}</PageTitle>
      <header className={styles.head}>
        <Wordmark />
        <LinkButton kind="quiet" size="small" to={paths.home()}>
          {texts.to_site}
        </LinkButton>
      </header>
      <main className={styles.main} id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.foot}>
        <Preferences />
      </footer>
    </div>
  )
}
