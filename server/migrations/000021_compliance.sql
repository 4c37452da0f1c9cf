-- Compliance: copies of a person's data on request, and the erasure of what a profile leaves behind.
-- breaking: no
create schema compliance;

-- The profile is wiped when it ends; what it left in other slices goes by a job, which may run any number of times.
create table compliance.erasures (
  id bigint generated always as identity primary key,
  profile text not null check (profile in ('user', 'shop')),
  profile_id bigint not null,
  -- The account that the profile was on; it lives on when it carries another one.
  account_id bigint not null,
  is_account_closed boolean not null,
  -- Only until the erasure has ended, to find the last mails.
  email text,
  requested_at timestamptz not null,
  finished_at timestamptz,
  unique (profile, profile_id),
  check (finished_at is null or email is null)
);
create index erasures_open on compliance.erasures (requested_at) where finished_at is null;

create table compliance.exports (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  user_id bigint not null references identity.users on delete cascade,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'ready', 'failed')),
  -- Changes with every run of the job: only the latest run may finish it.
  run_id text,
  -- Name of the archive in the store; set before it is written.
  storage_key text unique,
  bytes bigint check (bytes > 0),
  -- Of the secret in the mailed link.
  token_hash text unique,
  requested_at timestamptz not null,
  -- Then the archive and this row go.
  expires_at timestamptz not null
);
create index exports_account on compliance.exports (account_id, requested_at desc);
create index exports_user on compliance.exports (user_id);
create index exports_open on compliance.exports (requested_at) where status in ('waiting', 'running');
create index exports_expiry on compliance.exports (expires_at);

-- The second wall (ADR 0016). What is left to erase is nobody's business but the platform's.
alter table compliance.erasures enable row level security;
create policy own on compliance.erasures using ((select wall.is_system()));
alter table compliance.exports enable row level security;
create policy own on compliance.exports
  using ((select wall.is_system()) or account_id = (select wall.account_id()));
