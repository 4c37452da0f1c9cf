-- Audit trail: who did what to which object, append-only and hash-chained.
-- breaking: no
create schema audit;

create table audit.logs (
  id bigint generated always as identity primary key,
  user_id bigint,
  shop_id bigint,
  action text not null,
  entity_type text not null,
  entity_id bigint,
  old_values jsonb,
  new_values jsonb,
  ip_address inet,
  user_agent text,
  request_id text,
  created_at timestamptz not null default now(),
  -- sha256 over the previous row's hash and this row's content; a removed or changed row breaks the chain.
  previous_hash bytea not null,
  hash bytea not null unique
);
create index logs_entity on audit.logs (entity_type, entity_id, id);
create index logs_actor_user on audit.logs (user_id, id) where user_id is not null;
create index logs_actor_shop on audit.logs (shop_id, id) where shop_id is not null;
create index logs_action on audit.logs (action, id);

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit.logs is append-only';
end $$;
create trigger logs_append_only before update or delete on audit.logs
  for each row execute function audit.refuse_change();
create trigger logs_no_truncate before truncate on audit.logs
  for each statement execute function audit.refuse_change();
