import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import { finishSignIn, type SignInOutcome } from '../accounts/finish-sign-in.ts'
import type { IdentityDeps } from '../deps.ts'
import type { SignInRequest } from '../model.ts'
import { exactlyOneOf, providerCredentialsInvalid } from '../problems.ts'
import { linkIdentity } from '../providers/link-identity.ts'
import { isSameBrowser, takeVisit } from '../providers/oauth-visit.ts'
import type { GoogleIdentity } from './google-sign-in.ts'

export type GoogleLogIn = Omit<SignInRequest, 'amr'> & {
  code?: string
  id_token?: string
  state?: string
  browser_secret: string | undefined
  locale: Locale
  call: CallContext
}

/**
 * Ends the browser flow with the code that came back, or signs in with an ID token that a phone got by itself.
 * @throws bad_request (400), provider_credentials_invalid (401), already_exists (409), unavailable (503)
 */
export async function logInWithGoogle(deps: IdentityDeps, input: GoogleLogIn): Promise<SignInOutcome> {
  if ((input.code === undefined) === (input.id_token === undefined)) throw exactlyOneOf('code', 'id_token')
  try {
    const identity =
      input.id_token === undefined
        ? await identityFromCode(deps, input)
        : await deps.google.verifyIdToken(input.id_token)
    return await enterWithGoogle(deps, identity, input)
  } catch (error) {
    await noteRefusal(deps, input)
    throw error
  }
}

/** The same for a code that was exchanged already (mobile browser flow). */
export async function enterWithGoogle(
  deps: IdentityDeps,
  identity: GoogleIdentity,
  input: Omit<SignInRequest, 'amr'> & { locale: Locale; call: CallContext },
): Promise<SignInOutcome> {
  const { account_type, platform, locale, call } = input
  const linked = { identity: { ...identity, provider: 'google' as const }, account_type, locale, call }
  const account = await linkIdentity(deps, linked)
  return finishSignIn(deps, account, { account_type, platform, amr: ['google'], call })
}

/** What was asked for at the start counts; the body only repeats it. */
async function identityFromCode(deps: IdentityDeps, input: GoogleLogIn): Promise<GoogleIdentity> {
  const { code = '', state = '' } = input
  const visit = await takeVisit(deps, state)
  const belongs = visit && isSameBrowser(visit, input.browser_secret) && visit.code_hash === hashSecret(code)
  if (!belongs || visit.account_type !== input.account_type || visit.platform !== 'web')
    throw providerCredentialsInvalid('google')
  return deps.google.exchangeCode({
    code,
    state,
    nonce: visit.nonce,
    code_verifier: visit.code_verifier,
    iss: visit.iss,
  })
}

async function noteRefusal(deps: IdentityDeps, { account_type, call }: GoogleLogIn): Promise<void> {
  await inTransaction(deps.db, (tx) =>
    record(tx, {
      actor: { kind: 'guest' },
      call,
      action: 'identity.sign_in_failed',
      entity_type: 'account',
      entity_id: null,
      new_values: { method: 'google', account_type },
    }),
  )
}
