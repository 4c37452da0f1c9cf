import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import { finishSignIn, type SignInOutcome } from '../accounts/finish-sign-in.ts'
import type { IdentityDeps } from '../deps.ts'
import type { SignInRequest } from '../model.ts'
import { exactlyOneOf, providerCredentialsInvalid, providerNotConfigured } from '../problems.ts'
import { linkIdentity, type ProviderIdentity } from '../providers/link-identity.ts'
import { isSameBrowser, takeVisit } from '../providers/oauth-visit.ts'
import { fullName, readAppleName } from './apple-name.ts'
import type { AppleIdentity, AppleSignIn } from './apple-sign-in.ts'
import { visitKeyOfCode } from './end-apple-redirect.ts'

export type AppleLogIn = Omit<SignInRequest, 'amr'> & {
  code?: string
  id_token?: string
  /** Of a phone's own sign-in: what the app asked Apple to put into the token. */
  nonce?: string
  state?: string
  user_data?: unknown
  browser_secret: string | undefined
  locale: Locale
  call: CallContext
}

type Found = { identity: AppleIdentity; name: string | null }

/**
 * Ends the browser flow with the code that came back, or signs in with an ID token that a phone got by itself.
 * @throws bad_request (400), provider_credentials_invalid (401), already_exists (409), unavailable (503)
 */
export async function logInWithApple(deps: IdentityDeps, input: AppleLogIn): Promise<SignInOutcome> {
  if (!deps.apple) throw providerNotConfigured('apple')
  if ((input.code === undefined) === (input.id_token === undefined)) throw exactlyOneOf('code', 'id_token')
  const { account_type, platform, locale, call } = input
  try {
    const found =
      input.id_token === undefined
        ? await fromCode(deps, deps.apple, input)
        : await fromIdToken(deps, deps.apple, { id_token: input.id_token, nonce: input.nonce ?? null })
    const said = readAppleName(input.user_data)
    const identity = named(found.identity, said ? fullName(said) : found.name)
    const account = await linkIdentity(deps, { identity, account_type, locale, call })
    return await finishSignIn(deps, account, { account_type, platform, amr: ['apple'], call })
  } catch (error) {
    await noteRefusal(deps, input)
    throw error
  }
}

/** Without a name the account is called "Apple User" (contract 2.1.1). */
function named(identity: AppleIdentity, name: string | null): ProviderIdentity {
  const shown = name ?? 'Apple User'
  return { provider: 'apple', ...identity, name: shown, picture: null, shop_name: `${shown}'s Shop` }
}

/** What was asked for at the start counts; the body only repeats it. */
async function fromCode(deps: IdentityDeps, apple: AppleSignIn, input: AppleLogIn): Promise<Found> {
  const { code = '', account_type, browser_secret } = input
  const visit = await takeVisit(deps, visitKeyOfCode(code))
  const is_same_state = input.state === undefined || hashSecret(input.state) === visit?.state_hash
  if (
    !visit ||
    !is_same_state ||
    !isSameBrowser(visit, browser_secret) ||
    visit.account_type !== account_type
  )
    throw providerCredentialsInvalid('apple')
  const identity = await apple.exchangeCode({ code, nonce: visit.nonce })
  return { identity, name: visit.name ?? null }
}

/** Once: whoever reads a token that was used gains nothing by it. */
async function fromIdToken(
  deps: IdentityDeps,
  apple: AppleSignIn,
  token: { id_token: string; nonce: string | null },
): Promise<Found> {
  const { identity, expires_at } = await apple.verifyIdToken(token)
  const life_ms = Math.max(1_000, expires_at.getTime() - Date.now() + CLOCK_TOLERANCE_MS)
  const key = `identity:apple-token:${hashSecret(token.id_token)}`
  if (!(await deps.shared.setIfAbsent(key, 'used', life_ms))) throw providerCredentialsInvalid('apple')
  return { identity, name: null }
}

const CLOCK_TOLERANCE_MS = 10_000

async function noteRefusal(deps: IdentityDeps, { account_type, call }: AppleLogIn): Promise<void> {
  await inTransaction(deps.db, (tx) =>
    record(tx, {
      actor: { kind: 'guest' },
      call,
      action: 'identity.sign_in_failed',
      entity_type: 'account',
      entity_id: null,
      new_values: { method: 'apple', account_type },
    }),
  )
}
