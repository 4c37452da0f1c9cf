import { safeNext } from '../../lib/safe-next.ts'

const STORAGE_KEY = 'leema.next'

/** Where to go after the way over Google's page; kept for this tab only. */
export function rememberNext(next: string): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, next)
  } catch {
    // Storage is closed in some private modes; the reader then lands on the home page.
  }
}

export function takeNext(fallback: string): string {
  try {
    const next = sessionStorage.getItem(STORAGE_KEY)
    sessionStorage.removeItem(STORAGE_KEY)
    return safeNext(next, fallback)
  } catch {
    return fallback
  }
}
