-- Wallet: double entry in integer cents, append-only; holds before spending; free credits.
-- breaking: no
create schema wallet;

create table wallet.accounts (
  id bigint generated always as identity primary key,
  -- user:<id>, shop:<id>, platform:revenue, platform:adjustments, provider:paypal …
  code text not null unique,
  user_id bigint unique references identity.users on delete restrict,
  shop_id bigint unique references identity.shops on delete restrict,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  balance_cents bigint not null default 0,
  held_cents bigint not null default 0 check (held_cents >= 0),
  created_at timestamptz not null default now(),
  check (num_nonnulls(user_id, shop_id) <= 1),
  -- A person's wallet never goes below zero; a shop's may, by a refund claw-back only; platform accounts may.
  check (user_id is null or balance_cents >= 0),
  check (user_id is null or balance_cents - held_cents >= 0)
);

create table wallet.transactions (
  id bigint generated always as identity primary key,
  user_id bigint references identity.users on delete restrict,
  shop_id bigint references identity.shops on delete restrict,
  type text not null check (type in ('TOP_UP', 'GENERATION', 'TRY_ON', 'PRODUCT_RENT', 'PRODUCT_PURCHASE', 'REFUND',
    'COMMISSION', 'APPROVAL_FEE', 'SALE', 'ADJUSTMENT', 'PAYOUT')),
  amount_cents bigint not null check (abs(amount_cents) <= 9999999999),
  currency text not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'COMPLETED', 'FAILED', 'REFUNDED')),
  payment_method text check (payment_method in ('paypal', 'balance')),
  paypal_order_id text unique,
  paypal_capture_id text unique,
  balance_after_cents bigint,
  extra_data jsonb,
  description text check (length(description) <= 500),
  idempotency_key text unique,
  related_transaction_id bigint references wallet.transactions on delete restrict,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  check (num_nonnulls(user_id, shop_id) = 1)
);
create index transactions_user on wallet.transactions (user_id, created_at desc, id desc) where user_id is not null;
create index transactions_shop on wallet.transactions (shop_id, created_at desc, id desc) where shop_id is not null;
create index transactions_pending on wallet.transactions (created_at) where status = 'PENDING';

create table wallet.ledger_entries (
  id bigint generated always as identity primary key,
  transaction_id bigint not null references wallet.transactions on delete restrict,
  account_id bigint not null references wallet.accounts on delete restrict,
  amount_cents bigint not null check (amount_cents <> 0),
  balance_after_cents bigint not null,
  created_at timestamptz not null default now()
);
create index ledger_entries_account on wallet.ledger_entries (account_id, id);
create index ledger_entries_transaction on wallet.ledger_entries (transaction_id);

create function wallet.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'wallet.ledger_entries is append-only';
end $$;
create trigger ledger_append_only before update or delete on wallet.ledger_entries
  for each row execute function wallet.refuse_change();
create trigger ledger_no_truncate before truncate on wallet.ledger_entries
  for each statement execute function wallet.refuse_change();

create function wallet.assert_balanced() returns trigger language plpgsql as $$
begin
  if (select sum(amount_cents) from wallet.ledger_entries where transaction_id = new.transaction_id) <> 0 then
    raise exception 'entries of transaction % do not sum to zero', new.transaction_id;
  end if;
  return null;
end $$;
create constraint trigger ledger_balanced after insert on wallet.ledger_entries
  deferrable initially deferred for each row execute function wallet.assert_balanced();

create table wallet.balance_holds (
  id bigint generated always as identity primary key,
  account_id bigint not null references wallet.accounts on delete restrict,
  amount_cents bigint not null check (amount_cents > 0),
  reason text not null,
  status text not null default 'held' check (status in ('held', 'captured', 'released')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  settled_at timestamptz
);
create index balance_holds_open on wallet.balance_holds (expires_at) where status = 'held';
create index balance_holds_account on wallet.balance_holds (account_id);

create table wallet.free_credits (
  user_id bigint primary key references identity.users on delete restrict,
  generations_left integer not null check (generations_left >= 0),
  try_ons_left integer not null check (try_ons_left >= 0),
  updated_at timestamptz not null default now()
);

create view wallet.v_user_funds as
  select u.id as user_id, coalesce(a.balance_cents, 0) as balance_cents, coalesce(a.held_cents, 0) as held_cents,
    coalesce(f.generations_left, 0) as free_generations_left, coalesce(f.try_ons_left, 0) as free_try_ons_left
  from identity.users u
  left join wallet.accounts a on a.user_id = u.id
  left join wallet.free_credits f on f.user_id = u.id;

create view wallet.v_shop_funds as
  select s.id as shop_id, coalesce(a.balance_cents, 0) as balance_cents
  from identity.shops s
  left join wallet.accounts a on a.shop_id = s.id;
