-- Moderation queue: at most one row per product; `reviewed_at is null` = waiting.
-- breaking: no
create schema moderation;

create table moderation.queue (
  id bigint generated always as identity primary key,
  product_id bigint not null unique references catalog.products on delete cascade,
  submitted_at timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by bigint references identity.users on delete set null,
  notes text check (length(notes) <= 1000)
);
create index queue_waiting on moderation.queue (submitted_at, id) where reviewed_at is null;
create index queue_reviewed_by on moderation.queue (reviewed_by);
