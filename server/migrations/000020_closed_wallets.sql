-- What the end of a profile needs of wallets, mails and payments.
-- breaking: no

-- Set when the profile ends: a closed wallet is empty for ever, nothing can be paid, held or topped up on it.
alter table wallet.accounts add column closed_at timestamptz;
alter table wallet.accounts add constraint accounts_closed_is_empty
  check (closed_at is null or (balance_cents = 0 and held_cents = 0));

-- Mails that are to be forgotten with an account, those to an address that it had before, too.
alter table notifications.mails add column account_id bigint references identity.accounts on delete set null;
create index mails_account on notifications.mails (account_id) where account_id is not null;
create index mails_address on notifications.mails (to_address);

-- Whether the person beside a review is still with us.
create or replace view identity.v_people as
  select u.id, u.name, u.avatar_url, a.deleted_at is not null as is_deleted
  from identity.users u
  join identity.accounts a on a.id = u.account_id;

-- Of a provider's event only what bookkeeping needs is stored, never who paid: the rest is read back when it is wanted.
update payments.provider_events set payload = jsonb_strip_nulls(jsonb_build_object(
  'id', payload -> 'id',
  'event_type', payload -> 'event_type',
  'create_time', payload -> 'create_time',
  'resource', jsonb_build_object(
    'id', payload -> 'resource' -> 'id',
    'status', payload -> 'resource' -> 'status',
    'amount', payload -> 'resource' -> 'amount',
    'supplementary_data', jsonb_build_object(
      'related_ids', payload -> 'resource' -> 'supplementary_data' -> 'related_ids'))));
