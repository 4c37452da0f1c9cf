-- State that the processes share and may lose: short-lived values, request counters, messages too long to be notified.
-- Unlogged: three times less writing. A crash of the database empties these tables; replicas have none of their rows.
-- breaking: no
create schema shared;

create unlogged table shared.entries (
  key text primary key,
  value text not null,
  expires_at timestamptz not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index entries_expiry on shared.entries (expires_at);

-- One sliding window per key: the hits of the window that runs and of the one before it.
-- expires_at moves only with the window, so that counting a hit touches no index (HOT update).
create unlogged table shared.counters (
  key text primary key,
  window_started_ms bigint not null,
  current_hits integer not null,
  previous_hits integer not null,
  last_allowed boolean not null,
  expires_at timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
comment on column shared.counters.window_started_ms is 'Clock of the database, milliseconds since 1970: the window is integer arithmetic.';
comment on column shared.counters.last_allowed is 'The answer to the hit that wrote this row; lets one statement count and answer.';
create index counters_expiry on shared.counters (expires_at);

-- NOTIFY carries less than 8,000 bytes; a longer message waits here for its readers and its id is notified.
create unlogged table shared.messages (
  id bigint generated always as identity primary key,
  body text not null,
  expires_at timestamptz not null
);
create index messages_expiry on shared.messages (expires_at);
