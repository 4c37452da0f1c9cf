import { useEffect, useRef } from 'react'
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router'
import { classNames } from '../../lib/class-names.ts'
import { useOnline } from '../../lib/online.ts'
import { patterns } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { Toaster } from '../../ui/toaster.tsx'
import styles from './root.module.css'
import { StepUp } from './step-up.tsx'
import { useShellTexts } from './texts.ts'

/** Around every page of every panel: skip link, offline line, progress of navigation, focus, toasts. */
export function Root() {
  const texts = useShellTexts()
  const online = useOnline()
  const busy = useNavigation().state !== 'idle'
  useFocusOnNewPage()
  return (
    <>
      <a className={styles.skip} href="#main">
        {texts.skip}
      </a>
      <div className={classNames(styles.progress, busy && styles.busy)} aria-hidden="true" />
      <div role="status">
        {!online && (
          <p className={styles.offline}>
            <Icon name="offline" size={18} />
            {texts.offline}
          </p>
        )}
      </div>
      <Outlet />
      <StepUp />
      <Toaster />
      <ScrollRestoration getKey={scrollKey} />
    </>
  )
}

/**
 * Back and forward find their place by entry. The first entry of every document is called `default`, so there the
 * address must tell pages apart; the catalogue keeps its place for the same filters.
 */
function scrollKey({ key, pathname, search }: { key: string; pathname: string; search: string }): string {
  return key === 'default' || pathname === patterns.catalog ? pathname + search : key
}

/** A screen reader starts at the new page and not at the link that led to it. */
function useFocusOnNewPage() {
  const { pathname } = useLocation()
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    if (pathname) document.getElementById('main')?.focus({ preventScroll: true })
  }, [pathname])
}
