import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server'
import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import { invalidState } from '#kernel/problem.ts'
import { readProfiles, type SignedIn } from '../accounts/finish-sign-in.ts'
import { lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { badPasskey, passkeyKnown } from '../problems.ts'
import { addMethod } from '../sessions/queries.ts'
import { type FactorChange, noteFactorChange } from '../two-factor/note-factor-change.ts'
import { type Enroller, whoEnrols } from '../two-factor/set-up-two-factor.ts'
import { switchOn } from '../two-factor/switch-on.ts'
import { registrationOf } from './begin-registration.ts'
import { type Ceremony, PASSKEY_ALGORITHMS, PASSKEYS_MAX, passkeyOrigins, takeChallenge } from './ceremony.ts'
import { insertPasskey, listPasskeys, type NewPasskey, type PasskeyItem } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter' | 'shared'>
export type AddPasskey = {
  credential: RegistrationResponseJSON
  name: string
  pre_auth_token?: string
  call: CallContext
}
/** Recovery codes come with the first factor of an account only; `signed_in` for the holder of a pre-auth token. */
export type PasskeyAdded = { passkey: PasskeyItem; recovery_codes: string[]; signed_in: SignedIn | null }

/**
 * Registers what the browser made. The first factor of an account switches the second step on, as a first TOTP code does.
 * @throws bad_request (400); reauth_required, not_authenticated (401); already_exists, invalid_state (409); rate_limited (429)
 */
export async function addPasskey(deps: Deps, actor: Actor, input: AddPasskey): Promise<PasskeyAdded> {
  const enroller = await whoEnrols(deps, actor, input.pre_auth_token)
  await limitTries(deps, 'second_factor', enroller.account_id)
  const proved = await readCredential(deps, registrationOf(actor, enroller), input.credential)
  const passkey = {
    ...proved,
    account_id: enroller.account_id,
    name: input.name,
    created_at: deps.clock.now(),
  }
  const { account, added } = await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, enroller.account_id, 'update')
    if (!account) throw notAuthenticated()
    if ((await listPasskeys(tx, account.id)).length >= PASSKEYS_MAX) throw invalidState(TOO_MANY)
    const row = await insertPasskey(tx, passkey)
    if (!row) throw passkeyKnown()
    const change = { account, actor, call: input.call }
    const entered =
      account.two_factor_enabled_at === null
        ? await switchOn(tx, deps, { ...change, pre_auth: enroller.pre_auth, method: 'passkey' })
        : await addToOthers(tx, deps, change)
    await record(tx, {
      actor,
      call: input.call,
      action: 'identity.passkey_added',
      entity_type: 'account',
      entity_id: account.id,
      new_values: { passkey_id: row.id },
    })
    return { account, added: { passkey: row, ...entered } }
  })
  return { ...added, signed_in: await signedIn(deps, enroller, account, added.tokens) }
}

/** The other factors stay as they are, and so do their recovery codes. */
async function addToOthers(tx: Tx, deps: Deps, change: FactorChange) {
  await noteFactorChange(tx, change, 'passkey_added')
  if (change.actor.kind !== 'guest') await addMethod(tx, change.actor.session_id, 'passkey', deps.clock.now())
  return { recovery_codes: [], tokens: null }
}

async function signedIn(
  deps: Deps,
  { pre_auth }: Enroller,
  account: Parameters<typeof readProfiles>[1],
  tokens: SignedIn['tokens'] | null,
): Promise<SignedIn | null> {
  if (!pre_auth || !tokens) return null
  return { kind: 'signed_in', tokens, ...(await readProfiles(deps.db, account, pre_auth.request)) }
}

type Proved = Pick<NewPasskey, 'credential_id' | 'public_key' | 'counter' | 'transports' | 'is_backed_up'>

/** Challenge, origin, domain, presence and verification of the person, key and format (WebAuthn 7.1). */
async function readCredential(
  deps: Deps,
  ceremony: Ceremony,
  response: RegistrationResponseJSON,
): Promise<Proved> {
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(deps, ceremony, challenge),
    expectedOrigin: passkeyOrigins(deps.config),
    expectedRPID: deps.config.passkey_rp_id,
    requireUserVerification: true,
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    // Anything that is wrong with it, the library throws as a plain error.
  }).catch(() => null)
  if (!verified?.verified) throw badPasskey()
  const { credential, credentialBackedUp } = verified.registrationInfo
  return {
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: (credential.transports ?? []).slice(0, 10),
    is_backed_up: credentialBackedUp,
  }
}

const TOO_MANY = {
  ru: `Не больше ${PASSKEYS_MAX} ключей доступа: удалите ненужный`,
  kk: `Кіру кілттері ${PASSKEYS_MAX}-нан аспауы керек: қажетсізін жойыңыз`,
  en: `At most ${PASSKEYS_MAX} passkeys: remove one first`,
}
