-- Mails: written in the transaction of the change, sent by a worker; without a mail server the table is the mailbox.
-- breaking: no
create schema notifications;

create table notifications.mails (
  id bigint generated always as identity primary key,
  -- What caused it; the same cause never writes two mails.
  dedupe_key text not null unique,
  to_address text not null,
  locale text not null,
  template text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'dead')),
  tries integer not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index mails_newest on notifications.mails (id desc);
create index mails_queued on notifications.mails (created_at) where status = 'queued';
