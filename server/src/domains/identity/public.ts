/** Accounts for seeds and operators; registration by people is an HTTP matter. */
export { type CreateAccount, type CreatedAccount, createAccount } from './accounts/create-account.ts'
export type { IdentityConfig, IdentityDeps } from './deps.ts'
/** OpenID Connect client for `IdentityDeps.google`. */
export { createGoogleSignIn, type GoogleSignIn } from './google/google-sign-in.ts'
/** A session with tokens, in the caller's transaction. */
export { type OpenedSession, openSession } from './sessions/open-session.ts'
/** Socket credentials: redeemed once, re-authorised while the socket is open. */
export { authorizeSession, type Redeemed, redeemTicket } from './sockets/redeem-ticket.ts'
/** Keys of the platform's tokens, from configuration. */
export { loadSigningKeys, type SigningKeys } from './tokens/signing-keys.ts'
/** Who calls, from an access token. */
export { authenticate } from './tokens/verify-token.ts'
