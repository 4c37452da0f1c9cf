-- Passkeys (WebAuthn) as a second factor beside TOTP, and the change of an address.
-- breaking: no
create table identity.passkeys (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  -- Made by the authenticator; base64url.
  credential_id text not null unique check (length(credential_id) <= 1400),
  -- COSE key (RFC 9052).
  public_key bytea not null,
  -- Grows with each use, unless the authenticator keeps none (0): one that does not is a copy.
  counter bigint not null check (counter >= 0),
  transports text[] not null default '{}',
  is_backed_up boolean not null,
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkeys_account on identity.passkeys (account_id, id);

-- A TOTP secret counts only after a first code was seen; until now the account's switch said so, which a passkey turns
-- on as well.
alter table identity.two_factor_secrets add column confirmed_at timestamptz;
update identity.two_factor_secrets s set confirmed_at = a.two_factor_enabled_at
from identity.accounts a where a.id = s.account_id and a.two_factor_enabled_at is not null;

-- The change of an address is confirmed from the new one.
alter table identity.email_tokens add column new_email text check (new_email = lower(new_email) and length(new_email) <= 255);
alter table identity.email_tokens add column session_id bigint references identity.sessions on delete cascade;
create index email_tokens_session on identity.email_tokens (session_id) where session_id is not null;
alter table identity.email_tokens drop constraint email_tokens_purpose_check;
alter table identity.email_tokens add constraint email_tokens_purpose_check check (purpose in ('verify', 'reset', 'change'));
alter table identity.email_tokens add constraint email_tokens_change_check check ((purpose = 'change') = (new_email is not null));
