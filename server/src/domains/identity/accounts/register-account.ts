import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { CallContext } from '#kernel/actor.ts'
import type { Locale } from '#kernel/locale.ts'
import type { IdentityDeps } from '../deps.ts'
import { sendVerification } from '../email/send-verification.ts'
import { documentVersion, normaliseEmail, type SignInRequest } from '../model.ts'
import { assertGoodPassword } from '../password/common-passwords.ts'
import { hashPassword } from '../password/hash-password.ts'
import { openSession } from '../sessions/open-session.ts'
import { insertConsent } from '../users/queries.ts'
import { addShopProfile, addUserProfile, emptyAccount, type ProfileDeps } from './create-account.ts'
import { type Profiles, readProfiles, type SignedIn } from './finish-sign-in.ts'
import { findAccountByEmail, insertAccount } from './queries.ts'

type Deps = ProfileDeps & Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config'>

export type Registration = Omit<SignInRequest, 'amr'> & {
  email: string
  password: string
  name: string
  consents: string[]
  locale: Locale
  call: CallContext
}

/** `tokens` is null when the address was taken: its owner gets a mail, the caller learns nothing by text or code. */
export type Registered = Profiles & { tokens: SignedIn['tokens'] | null }

/**
 * Signs a person up and in; a code and a link go to the address.
 * @throws validation_failed (422) for a weak or known password
 */
export async function registerAccount(deps: Deps, input: Registration): Promise<Registered> {
  const email = normaliseEmail(input.email)
  assertGoodPassword(input.password, { has_second_factor: false, email, app_name: deps.config.app_name })
  // Before anybody knows whether the address is free: the answer takes as long for a taken one.
  const password_hash = await hashPassword(input.password)
  const created = await inTransaction(deps.db, async (tx) => {
    const account = await insertAccount(tx, {
      ...emptyAccount(email, input.locale),
      password_hash,
      password_changed_at: deps.clock.now(),
    })
    if (!account) return tellOwner(tx, email, input.locale)
    const profile = { account_id: account.id, name: input.name, avatar_url: null }
    const user_id = input.account_type === 'user' ? ((await addUserProfile(tx, deps, profile)) ?? null) : null
    const shop_id = input.account_type === 'shop' ? ((await addShopProfile(tx, deps, profile)) ?? null) : null
    await keepConsents(tx, account.id, { ...input, now: deps.clock.now() })
    await sendVerification(tx, deps, { id: account.id, email, locale: input.locale })
    const session = await openSession(tx, deps, { ...input, amr: ['pwd'], account_id: account.id })
    await record(tx, {
      actor: session.actor,
      call: input.call,
      action: 'identity.registered',
      entity_type: 'account',
      entity_id: account.id,
      new_values: { account_type: input.account_type, consents: input.consents },
    })
    return { user_id, shop_id, tokens: session.tokens }
  })
  const { account_type, platform } = input
  if (!created) return { account_type, platform, user: null, shop: null, tokens: null }
  return { ...(await readProfiles(deps.db, created, input)), tokens: created.tokens }
}

/** In the owner's language when it is known. */
async function tellOwner(tx: Tx, email: string, locale: Locale): Promise<null> {
  const owner = await findAccountByEmail(tx, email)
  await emit(tx, { name: 'identity.address_taken', payload: { email, locale: owner?.locale ?? locale } })
  return null
}

async function keepConsents(
  tx: Tx,
  account_id: number,
  { consents, now, call }: { consents: string[]; now: Date; call: CallContext },
): Promise<void> {
  for (const document of new Set(consents)) {
    await insertConsent(tx, {
      account_id,
      document,
      version: documentVersion(document),
      accepted_at: now,
      ip: call.ip,
    })
  }
}
