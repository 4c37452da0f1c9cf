-- Outbox: events written in the transaction of the change they tell of, delivered afterwards, in order, at least once.
-- breaking: no
create table infra.outbox_events (
  id bigint generated always as identity primary key,
  name text not null,
  -- What listeners in the server need; never sent to a client as it is.
  payload jsonb not null,
  -- Sockets that hear of it: [{"to": "user:7" | "shop:3" | "admins" | "users" | "room:generation:9", "data": {...}}].
  deliveries jsonb not null default '[]',
  request_id text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  attempts integer not null default 0
);
create index outbox_events_delivered on infra.outbox_events (delivered_at) where delivered_at is not null;
create index outbox_events_waiting on infra.outbox_events (id) where delivered_at is null;

create table infra.idempotency_keys (
  id bigint generated always as identity primary key,
  account text not null,
  key text not null check (length(key) between 1 and 64),
  route text not null,
  request_hash text not null,
  response_status integer,
  response_body jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (account, key, route)
);
create index idempotency_keys_expiry on infra.idempotency_keys (expires_at);
