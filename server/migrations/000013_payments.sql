-- Payments: what a provider told us, stored before it is acted upon.
-- breaking: no
create schema payments;

create table payments.provider_events (
  id bigint generated always as identity primary key,
  provider text not null check (provider in ('paypal')),
  provider_event_id text not null,
  type text not null,
  payload jsonb not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  error text,
  attempts integer not null default 0,
  unique (provider, provider_event_id)
);
create index provider_events_waiting on payments.provider_events (id) where processed_at is null;
