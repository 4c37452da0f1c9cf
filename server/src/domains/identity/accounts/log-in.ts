import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries, noSoonerThan } from '../limits.ts'
import { normaliseEmail, type SignInRequest } from '../model.ts'
import { checkPassword, hashPassword, needsRehash } from '../password/hash-password.ts'
import { standsAlone } from '../password/password-rules.ts'
import { invalidCredentials } from '../problems.ts'
import { finishSignIn, type SignInOutcome } from './finish-sign-in.ts'
import { type AccountRow, findAccountByEmail, lockAccount, updateAccount } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter'>
export type LogIn = Omit<SignInRequest, 'amr'> & { email: string; password: string; call: CallContext }

/** Longer than the slowest check (an old bcrypt hash, 0.2 s), so that a refusal never tells which check was made. */
const REFUSAL_MS = 400

/**
 * E-mail and password. One wording, one code and one time for every refusal: unknown address, wrong password, no
 * such profile, no password, blocked account.
 * @throws invalid_credentials (401), rate_limited (429)
 */
export async function logIn(deps: Deps, input: LogIn): Promise<SignInOutcome> {
  const email = normaliseEmail(input.email)
  await limitTries(deps, 'login', email)
  const started = performance.now()
  const account = await findAccountByEmail(deps.db, email)
  const is_right = await checkPassword(input.password, account?.password_hash ?? null)
  if (!account || !is_right || !mayEnter(account, input)) {
    await noSoonerThan(Math.max(0, REFUSAL_MS - (performance.now() - started)), () =>
      noteRefusal(deps, account, input),
    )
    throw invalidCredentials()
  }
  const { account_type, platform, call } = input
  const current = await renewHash(deps, account, input.password)
  return finishSignIn(deps, current, { account_type, platform, amr: ['pwd'], call })
}

function mayEnter(account: AccountRow, { account_type }: LogIn): boolean {
  const profile_id = account_type === 'user' ? account.user_id : account.shop_id
  return account.blocked_at === null && profile_id !== null
}

/** An old or weaker hash is replaced while the password is at hand. Nothing else about the account changes. */
async function renewHash(deps: Deps, account: AccountRow, password: string): Promise<AccountRow> {
  if (account.password_hash === null || !needsRehash(account.password_hash)) return account
  const password_hash = await hashPassword(password)
  const password_stands_alone = standsAlone(password)
  await inTransaction(deps.db, async (tx) => {
    const now = await lockAccount(tx, account.id, 'update')
    // Somebody else may have replaced it, or the password itself, in the meantime.
    if (now?.password_hash === account.password_hash)
      await updateAccount(tx, account.id, { password_hash, password_stands_alone })
  })
  return account
}

async function noteRefusal(deps: Deps, account: AccountRow | undefined, input: LogIn): Promise<void> {
  await inTransaction(deps.db, (tx) =>
    record(tx, {
      actor: { kind: 'guest' },
      call: input.call,
      action: 'identity.sign_in_failed',
      entity_type: 'account',
      entity_id: account?.id ?? null,
      new_values: { method: 'pwd', account_type: input.account_type },
    }),
  )
}
