/**
 * The first step of a sign-in that waits for its code. Kept in memory only: it opens the account together with six
 * digits, so it does not belong into storage or history.
 */
let pending: string | null = null

export function setPending(pre_auth_token: string | null): void {
  pending = pre_auth_token
}

export function pendingSecondFactor(): string | null {
  return pending
}
