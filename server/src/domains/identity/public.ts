/** Accounts for seeds and operators; registration by people is an HTTP matter. */
export { type CreateAccount, type CreatedAccount, createAccount } from './accounts/create-account.ts'
/** The operator's command for the first admin. */
export { makeAdmin } from './accounts/make-admin.ts'
/** Client of Sign in with Apple for `IdentityDeps.apple`. */
export { type AppleSignIn, createAppleSignIn } from './apple/apple-sign-in.ts'
/** The end of a profile: what other slices do then, what is erased afterwards; and the copy of a person's data. */
export type { ClosingHooks, ErasureRequest, Leaving, Obstacle } from './closing/hooks.ts'
export { eraseTraces, exportConsents, exportProfile, exportSessions } from './closing/personal-data.ts'
export type { IdentityConfig, IdentityDeps } from './deps.ts'
/** OpenID Connect client for `IdentityDeps.google`. */
export { createGoogleSignIn, type GoogleSignIn } from './google/google-sign-in.ts'
/** Hourly: sessions and mailed secrets that had their time. */
export { purgeSessions, purgeSessionsJob } from './jobs.ts'
/** Step-up: sensitive changes need a sign-in of the last 15 minutes. */
export { assertRecentSignIn } from './sessions/confirm-identity.ts'
/** A session with tokens, in the caller's transaction. */
export { type OpenedSession, openSession } from './sessions/open-session.ts'
/** An admin's decision, audited; for routes here and for the demo. */
export { approveShop } from './shops/decide-on-shop.ts'
/** The guard of contract 4.6. */
export { getShopForTrading, type TradingShop } from './shops/get-shop-for-trading.ts'
/** A shop's own profile, for the demo. */
export { updateMyShop } from './shops/update-my-shop.ts'
/** Socket credentials: redeemed once, re-authorised while the socket is open. */
export { authorizeSession, type Redeemed, redeemTicket } from './sockets/redeem-ticket.ts'
/** The operator's command that changes keys without signing anybody out. */
export { addSigningKey } from './tokens/add-signing-key.ts'
/** Keys of the platform's tokens, from configuration. */
export { loadSigningKeys, type SigningKeys } from './tokens/signing-keys.ts'
/** Who calls, from an access token. */
export { authenticate } from './tokens/verify-token.ts'
/** A second factor without its owner, for the demo's admin. */
export { enrolAccount } from './two-factor/enrol-account.ts'
/** The operator's command for a person who lost every factor. */
export { resetTwoFactor } from './two-factor/reset-two-factor.ts'
/** Holds roles and blocks of the staff still, and makes sure that the caller is one of them. */
export { lockAdminsAs } from './users/lock-admins-as.ts'
/** A new admin where two persons have to agree. */
export { promotionKind } from './users/promotion.ts'
