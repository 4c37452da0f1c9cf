import { type Static, Type } from 'typebox'
import { Id, Money, nullable, Time, Url } from '#infra/schemas.ts'
import { centsToWire } from '#kernel/money.ts'
import { timeToWire } from '#kernel/time.ts'
import type { SignInOutcome } from './accounts/finish-sign-in.ts'
import { asRole } from './model.ts'
import { pictureUrl } from './profile-picture.ts'
import type { ShopProfile } from './shops/queries.ts'
import type { UserProfile } from './users/queries.ts'

export const AccountTypeSchema = Type.Union([Type.Literal('user'), Type.Literal('shop')])
export const PlatformSchema = Type.Union([Type.Literal('web'), Type.Literal('mobile')])
/** Enough for every address that is in use; no blanks, quotes or brackets that could end up in a mail header. */
export const EmailSchema = Type.String({
  maxLength: 255,
  pattern: '^[^\\s@<>"\',;:()\\\\]{1,64}@[^\\s@<>"\',;:()\\\\]+\\.[^\\s@<>"\',;:()\\\\.]{2,}$',
})
/** The rules proper are in password-rules.ts; this only bounds the work. */
export const PasswordSchema = Type.String({ minLength: 1, maxLength: 512 })
export const TokenSchema = Type.String({ minLength: 1, maxLength: 4096 })
export const CodeSchema = Type.String({ pattern: '^\\d{6}$' })
export const Strict = { additionalProperties: false }

export const UserResponse = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  avatar_url: nullable(Url),
  balance: Money,
  free_generations_left: Type.Integer(),
  free_try_ons_left: Type.Integer(),
  role: Type.Union([Type.Literal('user'), Type.Literal('admin')]),
  created_at: Time,
  updated_at: Time,
  email_verified: Type.Boolean(),
  two_factor_enabled: Type.Boolean(),
})

export const ShopResponse = Type.Object({
  id: Id,
  email: Type.String(),
  shop_name: Type.String(),
  owner_name: Type.String(),
  description: nullable(Type.String()),
  avatar_url: nullable(Url),
  phone: nullable(Type.String()),
  whatsapp_number: nullable(Type.String()),
  address: nullable(Type.String()),
  balance: Money,
  is_approved: Type.Boolean(),
  is_active: Type.Boolean({ description: 'Neither paused by itself nor blocked by an admin' }),
  rejection_reason: nullable(Type.String()),
  is_blocked: Type.Boolean({ description: 'By an admin; the shop itself cannot lift it' }),
  block_reason: nullable(Type.String()),
  created_at: Time,
  updated_at: Time,
})

/** What a new session is handed over as. */
const Tokens = { access_token: Type.String(), refresh_token: Type.String() }
const CSRF_TOKEN = { description: 'For the header X-CSRF-Token' }
const SESSION_ID = { description: 'As in GET /auth/sessions' }
const EXPIRES_IN = { description: 'Seconds until the session has to be refreshed' }
/** With `X-Client-Session: cookie`: the tokens are in cookies then, and not in the body. */
const InCookies = {
  csrf_token: Type.String(CSRF_TOKEN),
  session_id: Type.String(SESSION_ID),
  expires_in: Type.Integer(EXPIRES_IN),
}
const token_type = Type.Literal('bearer')

export const RefreshResponse = Type.Union([
  Type.Object({ ...Tokens, token_type }),
  Type.Object({ ...InCookies, token_type }),
])

const SignedInAs = {
  token_type,
  user: nullable(UserResponse),
  shop: nullable(ShopResponse),
  account_type: AccountTypeSchema,
  platform: PlatformSchema,
}
const WithTokens = Type.Object({ ...Tokens, ...SignedInAs })
const WithCookies = Type.Object({ ...InCookies, ...SignedInAs })

export const AuthResponse = Type.Union([WithTokens, WithCookies])

/** Sign-up: a taken address gets the same shape with empty tokens and profiles; its owner gets a mail. */
export const RegisterResponse = Type.Union([
  Type.Object({
    access_token: nullable(Type.String()),
    refresh_token: nullable(Type.String()),
    ...SignedInAs,
  }),
  Type.Object({
    csrf_token: nullable(Type.String(CSRF_TOKEN)),
    session_id: nullable(Type.String(SESSION_ID)),
    expires_in: nullable(Type.Integer(EXPIRES_IN)),
    ...SignedInAs,
  }),
])

const TwoFactorNeeded = Type.Object({
  two_factor_required: Type.Literal(true),
  pre_auth_token: Type.String({
    description: 'For /auth/2fa/verify, or /auth/2fa/setup and /enable; 5 minutes, one sign-in',
  }),
  enrolment_required: Type.Boolean({
    description: 'The account must set up its second factor first (admins)',
  }),
  methods: Type.Array(
    Type.Union([Type.Literal('passkey'), Type.Literal('totp'), Type.Literal('recovery_code')]),
    { description: 'What the account can prove it with; empty while it has to be set up' },
  ),
  expires_in: Type.Integer({ description: 'Seconds' }),
})

/** The first step of signing in may end it or ask for the second factor. */
export const SignInResponse = Type.Union([WithTokens, WithCookies, TwoFactorNeeded])

type SignedIn = Extract<SignInOutcome, { kind: 'signed_in' }>

export function twoFactorNeededToWire(
  outcome: Exclude<SignInOutcome, SignedIn>,
): Static<typeof TwoFactorNeeded> {
  const { kind: _, ...needed } = outcome
  return { two_factor_required: true, ...needed }
}

export function signedInAs(signed: Omit<SignedIn, 'kind' | 'tokens'>, media_origin: string) {
  return {
    token_type: 'bearer' as const,
    user: signed.user && userToWire(signed.user, media_origin),
    shop: signed.shop && shopToWire(signed.shop, media_origin),
    account_type: signed.account_type,
    platform: signed.platform,
  }
}

export function userToWire(user: UserProfile, media_origin: string): Static<typeof UserResponse> {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    avatar_url: pictureUrl(media_origin, user.avatar_url),
    balance: centsToWire(user.balance_cents ?? 0),
    free_generations_left: user.free_generations_left ?? 0,
    free_try_ons_left: user.free_try_ons_left ?? 0,
    role: asRole(user.role),
    created_at: timeToWire(user.created_at),
    updated_at: timeToWire(user.updated_at),
    email_verified: user.email_verified_at !== null,
    two_factor_enabled: user.two_factor_enabled_at !== null,
  }
}

export function shopToWire(shop: ShopProfile, media_origin: string): Static<typeof ShopResponse> {
  return {
    id: shop.id,
    email: shop.email,
    shop_name: shop.shop_name,
    owner_name: shop.owner_name,
    description: shop.description,
    avatar_url: pictureUrl(media_origin, shop.avatar_url),
    phone: shop.phone,
    whatsapp_number: shop.whatsapp_number,
    address: shop.address,
    balance: centsToWire(shop.balance_cents ?? 0),
    is_approved: shop.is_approved,
    is_active: shop.paused_at === null && shop.blocked_at === null,
    rejection_reason: shop.rejection_reason,
    is_blocked: shop.blocked_at !== null,
    block_reason: shop.block_reason,
    created_at: timeToWire(shop.created_at),
    updated_at: timeToWire(shop.updated_at),
  }
}
