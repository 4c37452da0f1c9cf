import { safeNext } from '../../lib/safe-next.ts'

const STORAGE_KEY = 'leema.next'

/** Where to go after the way over a provider's page; kept for this tab only. */
export function rememberNext(next: string): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, next)
  } catch {
    // Storage is closed in some private modes; the reader then lands on the home page.
  }
}

/** Stays until `forgetNext`: a second try after a refusal goes the same way. */
export function rememberedNext(fallback: string): string {
  try {
    return safeNext(sessionStorage.getItem(STORAGE_KEY), fallback)
  } catch {
    return fallback
  }
}

export function forgetNext(): void {
  try {
    sessionStorage.removeItem(STORAGE_KEY)
  } catch {
    // As above.
  }
}
