export type SecondFactorMethod = 'passkey' | 'totp' | 'recovery_code'

/**
 * The first step of a sign-in that waits for its code. Kept in memory only: it opens the account together with six
 * digits, so it does not belong into storage or history.
 */
export type PendingSecondFactor = {
  pre_auth_token: string
  /** The account must have a second factor and has none yet: it is set up now. */
  enrolment_required: boolean
  /** What the account can prove it with. */
  methods: SecondFactorMethod[]
}

let pending: PendingSecondFactor | null = null

export function setPending(next: PendingSecondFactor | null): void {
  pending = next
}

export function pendingSecondFactor(): PendingSecondFactor | null {
  return pending
}
