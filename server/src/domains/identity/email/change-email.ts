import { randomInt } from 'node:crypto'
import { record } from '#domains/audit/public.ts'
import { inTransaction, isUniqueViolation, type Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import { emit } from '#infra/outbox.ts'
import { asSystem } from '#infra/wall.ts'
import type { Actor, CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { hashSecret, newSecret } from '#kernel/id.ts'
import { invalidState } from '#kernel/problem.ts'
import { after } from '#kernel/time.ts'
import { type AccountRow, findAccountByEmail, lockAccount, updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { EMAIL_CODE_TRIES, EMAIL_TOKEN_MS, normaliseEmail, SIX_DIGITS } from '../model.ts'
import { badMailToken, exactlyOneOf, identityClash } from '../problems.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { endAll } from '../sessions/end-session.ts'
import { emailMark } from './email-mark.ts'
import { expireMailTokens, replaceMailToken, tryMailCode, useMailToken } from './queries.ts'
import { mailCodeHash } from './send-verification.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>

/**
 * Sends a code and a link to the address that the account shall have. Nothing changes until it is confirmed from
 * there. An address that is taken gets another mail and the same answer: nobody learns here who is registered.
 * @throws reauth_required (401) without a recent sign-in; invalid_state (409) for the present address; rate_limited (429)
 */
export async function requestEmailChange(
  deps: Deps,
  actor: UserActor | ShopActor,
  input: { email: string; call: CallContext },
): Promise<void> {
  await assertRecentSignIn(deps, actor)
  await limitTries(deps, 'mail', `change:${actor.account_id}`)
  const new_email = normaliseEmail(input.email)
  await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, actor.account_id, 'update')
    if (!account) throw notAuthenticated()
    if (account.email === new_email) throw invalidState(SAME)
    await record(tx, {
      actor,
      call: input.call,
      action: 'identity.email_change_requested',
      entity_type: 'account',
      entity_id: account.id,
      new_values: { email: emailMark(deps, new_email) },
    })
    // Whether somebody else has the address: he is told, the caller is not.
    const owner = await asSystem(() => findAccountByEmail(tx, new_email))
    if (owner) {
      await keepUnconfirmable(tx, deps, { account, new_email, session_id: actor.session_id })
      const payload = { email: new_email, locale: owner.locale }
      return emit(tx, { name: 'identity.address_taken', payload })
    }
    await sendChange(tx, deps, { account, new_email, session_id: actor.session_id })
  })
}

type Change = { account: AccountRow; new_email: string; session_id: number }

/** What the caller sees of a taken address is what he sees of a free one; nobody gets the secret of this token. */
function keepUnconfirmable(tx: Tx, deps: Deps, { account, new_email, session_id }: Change): Promise<void> {
  const now = deps.clock.now()
  return replaceMailToken(tx, {
    account_id: account.id,
    purpose: 'change',
    token_hash: hashSecret(newSecret()),
    code_hash: null,
    tries_left: EMAIL_CODE_TRIES,
    new_email,
    session_id,
    now,
    expires_at: after(now, EMAIL_TOKEN_MS),
  })
}

async function sendChange(tx: Tx, deps: Deps, { account, new_email, session_id }: Change): Promise<void> {
  const now = deps.clock.now()
  const token = newSecret()
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const { id: account_id, locale } = account
  await replaceMailToken(tx, {
    account_id,
    purpose: 'change',
    token_hash: hashSecret(token),
    code_hash: mailCodeHash(deps, account_id, `change:${code}`),
    tries_left: EMAIL_CODE_TRIES,
    new_email,
    session_id,
    now,
    expires_at: after(now, EMAIL_TOKEN_MS),
  })
  const link = `${deps.config.site_origin}/confirm-email#token=${token}`
  const payload = { account_id, email: new_email, locale, code, link }
  await emit(tx, { name: 'identity.email_change_requested', payload })
}

export type ConfirmEmailChange = { token?: string; code?: string; call: CallContext }

/**
 * Takes the new address in use: by the secret of the link, which proves that its mailbox is read, or by the typed code
 * for the signed-in account. All sessions but the one that asked end, and so do links sent to the old address.
 * @throws bad_request (400); not_authenticated (401); already_exists (409) when the address was taken meanwhile
 */
export async function confirmEmailChange(deps: Deps, actor: Actor, input: ConfirmEmailChange): Promise<void> {
  if ((input.token === undefined) === (input.code === undefined)) throw exactlyOneOf('token', 'code')
  const secret = input.token ?? input.code ?? ''
  const by_code = SIX_DIGITS.test(secret) ? await byCode(deps, actor, secret) : null
  const is_done = await inTransaction(deps.db, async (tx) => {
    const wanted = by_code ?? (await useMailToken(tx, hashSecret(secret), 'change', deps.clock.now()))
    if (!wanted?.new_email) return false
    const { account_id, new_email, session_id } = wanted
    await switchAddress(tx, deps, { account_id, new_email, session_id, actor, call: input.call })
    return true
  }).catch((error: unknown) => {
    throw isUniqueViolation(error, 'accounts_email_key') ? identityClash() : error
  })
  if (!is_done) throw badMailToken()
}

/** In a transaction of its own: a wrong try stays counted. */
async function byCode(deps: Deps, actor: Actor, code: string) {
  if (actor.kind === 'guest') throw notAuthenticated()
  const { account_id } = actor
  await limitTries(deps, 'second_factor', `email-change:${account_id}`)
  const code_hash = mailCodeHash(deps, account_id, `change:${code}`)
  const attempt = { account_id, purpose: 'change' as const, code_hash, now: deps.clock.now() }
  const tried = await inTransaction(deps.db, (tx) => tryMailCode(tx, attempt))
  if (!tried?.is_right) throw badMailToken()
  return { account_id, new_email: tried.new_email, session_id: tried.session_id }
}

type Switch = {
  account_id: number
  new_email: string
  session_id: number | null
  actor: Actor
  call: CallContext
}

async function switchAddress(
  tx: Tx,
  deps: Deps,
  { account_id, new_email, ...change }: Switch,
): Promise<void> {
  const { session_id, actor, call } = change
  const account = await lockAccount(tx, account_id, 'update')
  if (!account || account.blocked_at !== null) throw badMailToken()
  const now = deps.clock.now()
  await updateAccount(tx, account_id, { email: new_email, email_verified_at: now })
  await expireMailTokens(tx, account_id, now)
  const others = session_id === null ? {} : { except_session_id: session_id }
  await endAll(tx, deps, { account_id, ...others }, { reason: 'email_changed', actor, call })
  for (const email of [account.email, new_email]) {
    const payload = { account_id, email, new_email, locale: account.locale }
    await emit(tx, { name: 'identity.email_changed', payload })
  }
  await record(tx, {
    actor,
    call,
    action: 'identity.email_changed',
    entity_type: 'account',
    entity_id: account_id,
    old_values: { email: emailMark(deps, account.email) },
    new_values: { email: emailMark(deps, new_email) },
  })
}

const SAME = {
  ru: 'Это и есть ваш нынешний адрес',
  kk: 'Бұл сіздің қазіргі мекенжайыңыз',
  en: 'This is your present address',
}
