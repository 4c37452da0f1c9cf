-- Accounts: everything that signs in. A person has one account, which carries a user profile, a shop profile, or both.
-- breaking: no
create schema identity;

create table identity.accounts (
  id bigint generated always as identity primary key,
  email text not null unique check (email = lower(email) and length(email) <= 255),
  email_verified_at timestamptz,
  -- argon2id, or bcrypt taken over from the first version and replaced at the next sign-in; null without a password.
  password_hash text,
  password_changed_at timestamptz,
  -- Long enough without a second factor. Unknown for hashes taken over, until the person signs in with it.
  password_stands_alone boolean not null default true,
  google_id text unique check (length(google_id) <= 255),
  apple_id text unique check (length(apple_id) <= 255),
  locale text not null default 'ru' check (locale in ('ru', 'kk', 'en')),
  two_factor_enabled_at timestamptz,
  blocked_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table identity.users (
  id bigint generated always as identity primary key,
  account_id bigint not null unique references identity.accounts on delete restrict,
  name text not null check (length(name) between 1 and 255),
  avatar_url text check (length(avatar_url) <= 500),
  role text not null default 'user' check (role in ('user', 'admin')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table identity.shops (
  id bigint generated always as identity primary key,
  account_id bigint not null unique references identity.accounts on delete restrict,
  shop_name text not null check (length(shop_name) between 1 and 255),
  owner_name text not null check (length(owner_name) between 1 and 255),
  description text check (length(description) <= 1000),
  avatar_url text check (length(avatar_url) <= 500),
  phone text check (phone ~ '^\+[0-9]{7,15}$'),
  whatsapp_number text check (whatsapp_number ~ '^\+[0-9]{7,15}$'),
  address text check (length(address) <= 500),
  is_approved boolean not null default false,
  paused_at timestamptz,
  blocked_at timestamptz,
  blocked_by bigint references identity.users on delete set null,
  block_reason text check (length(block_reason) <= 1000),
  rejection_reason text check (length(rejection_reason) <= 1000),
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index shops_blocked_by on identity.shops (blocked_by);
create index shops_public on identity.shops (created_at desc, id desc)
  where is_approved and paused_at is null and blocked_at is null and deleted_at is null;
create index shops_waiting on identity.shops (created_at desc, id desc) where not is_approved and deleted_at is null;

create table identity.sessions (
  id bigint generated always as identity primary key,
  -- Random; the `sid` claim of the session's tokens.
  public_id text not null unique,
  account_id bigint not null references identity.accounts on delete cascade,
  account_type text not null check (account_type in ('user', 'shop')),
  platform text not null check (platform in ('web', 'mobile')),
  -- Methods of authentication (RFC 8176): pwd, otp, google, apple.
  amr text[] not null,
  authenticated_at timestamptz not null,
  user_agent text,
  ip inet,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text
);
create index sessions_account on identity.sessions (account_id, id);
create index sessions_expiry on identity.sessions (expires_at);

-- Every refresh token of a session, hashed. A used one that comes back ends the session (reuse detection).
create table identity.refresh_tokens (
  id bigint generated always as identity primary key,
  session_id bigint not null references identity.sessions on delete cascade,
  token_hash text not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens_session on identity.refresh_tokens (session_id);
create index refresh_tokens_expiry on identity.refresh_tokens (expires_at);

-- TOTP secrets (RFC 6238), encrypted with DATA_ENCRYPTION_KEY.
create table identity.two_factor_secrets (
  account_id bigint primary key references identity.accounts on delete cascade,
  secret_encrypted bytea not null,
  -- The last accepted time step: a code works once.
  last_counter bigint not null default 0,
  created_at timestamptz not null default now()
);

create table identity.recovery_codes (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  unique (account_id, code_hash)
);

-- One-time codes and links sent by mail: verification and password reset.
create table identity.email_tokens (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  purpose text not null check (purpose in ('verify', 'reset')),
  token_hash text not null unique,
  -- The 6-digit code, for typing; keyed hash, five tries.
  code_hash text,
  tries_left integer not null default 5 check (tries_left >= 0),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index email_tokens_account on identity.email_tokens (account_id, purpose);
create index email_tokens_expiry on identity.email_tokens (expires_at);

create table identity.consents (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  document text not null check (length(document) <= 100),
  version text not null check (length(version) <= 50),
  accepted_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  ip inet
);
create index consents_account on identity.consents (account_id, document, id);

-- What other slices may know of shops and people.
create view identity.v_shops as
  select s.id, s.account_id, s.shop_name, s.description, s.avatar_url, s.phone, s.whatsapp_number, s.address,
    s.is_approved, s.paused_at is null and s.blocked_at is null as is_active,
    s.is_approved and s.paused_at is null and s.blocked_at is null and s.deleted_at is null as is_public,
    s.is_approved and s.blocked_at is null and s.deleted_at is null as may_trade,
    s.created_at, a.locale
  from identity.shops s
  -- Left, so that the planner drops the join where the language is not asked for.
  left join identity.accounts a on a.id = s.account_id;

create view identity.v_users as
  select u.id, u.account_id, u.name, u.avatar_url, u.role, a.email, a.locale, a.deleted_at is not null as is_deleted
  from identity.users u
  join identity.accounts a on a.id = u.account_id;

-- Where mails to a shop go, and in which language.
create view identity.v_shop_contacts as
  select s.id as shop_id, a.email, a.locale
  from identity.shops s
  join identity.accounts a on a.id = s.account_id
  where s.deleted_at is null and a.deleted_at is null;

-- The last word of an account on each document: accepted while `withdrawn_at` is null.
create view identity.v_consents as
  select distinct on (account_id, document) account_id, document, version, accepted_at, withdrawn_at
  from identity.consents
  order by account_id, document, id desc;
