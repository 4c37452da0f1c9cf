import type { StorePictureDeps } from '#domains/media/public.ts'
import type { Db, Tx } from '#infra/db.ts'
import type { Logger } from '#infra/log.ts'
import type { RateLimiter } from '#infra/rate-limit.ts'
import type { SharedState } from '#infra/shared-state.ts'
import type { ShopId, UserId } from '#kernel/id.ts'
import type { Clock } from '#kernel/time.ts'
import type { AppleSignIn } from './apple/apple-sign-in.ts'
import type { ClosingHooks } from './closing/hooks.ts'
import type { GoogleSignIn } from './google/google-sign-in.ts'
import type { SigningKeys } from './tokens/signing-keys.ts'

/**
 * The part of a pool that the one hot statement needs: it is prepared once per connection and then only bound. It runs
 * as the system, before it is known who asks.
 */
export type NamedStatements = {
  query: (statement: { name: string; text: string; values: unknown[] }) => Promise<{ rows: unknown[] }>
}

export type IdentityConfig = {
  app_name: string
  /** Origin of the API: issuer of the tokens. */
  public_origin: string
  /** Origin of the web pages: links in mails and the page that ends a browser sign-in. */
  site_origin: string
  media_origin: string
  /** `myapp://`: where the mobile browser flow ends. */
  app_link_scheme: string
  data_encryption_key: Buffer
  /** Domain that passkeys belong to: the site's host or a parent of it. */
  passkey_rp_id: string
  /** Of the bot that our Mini App belongs to; null without one. */
  telegram_bot_token: string | null
  /** A second admin has to agree to a new one. */
  two_person_rule: boolean
  /** Origins whose pages may use cookie sessions. */
  allowed_origins: string[]
}

/** What compose gives to the slice. Each use case asks for the part it needs. */
export type IdentityDeps = {
  db: Db
  pool: NamedStatements
  clock: Clock
  shared: SharedState
  limiter: RateLimiter
  keys: SigningKeys
  google: GoogleSignIn
  /** Null when the installation has no keys for it. */
  apple: AppleSignIn | null
  config: IdentityConfig
  log: Logger
  /** For pictures of profiles. */
  uploads: StorePictureDeps
  closing: ClosingHooks
  /** Run in the transaction that creates the profile: wallet, free credits. */
  on_user_created: (tx: Tx, user_id: UserId) => Promise<void>
  on_shop_created: (tx: Tx, shop_id: ShopId) => Promise<void>
}
