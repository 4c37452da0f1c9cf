import type { SignInOutcome } from '../accounts/finish-sign-in.ts'
import type { IdentityDeps } from '../deps.ts'
import { signedInAs, twoFactorNeededToWire } from '../schemas.ts'
import { type Exchange, handOver } from './cookie-session.ts'

type Deps = Pick<IdentityDeps, 'config'>
type SignedIn = Extract<SignInOutcome, { kind: 'signed_in' }>

/** The answer to a first step, which may be the last one. */
export function answerSignIn(deps: Deps, exchange: Exchange, outcome: SignInOutcome) {
  return outcome.kind === 'signed_in'
    ? answerSignedIn(deps, exchange, outcome)
    : twoFactorNeededToWire(outcome)
}

/** A session, and who it belongs to. */
export function answerSignedIn(deps: Deps, exchange: Exchange, signed: Omit<SignedIn, 'kind'>) {
  return { ...handOver(deps, exchange, signed.tokens), ...signedInAs(signed, deps.config.media_origin) }
}
