-- The end of the audit chain, kept beside it: without it, rows taken off the end would leave a shorter chain that holds.
-- breaking: no
create table audit.chain_head (
  only_row boolean primary key default true check (only_row),
  rows_count bigint not null,
  last_id bigint not null,
  last_hash bytea not null
);
insert into audit.chain_head (rows_count, last_id, last_hash)
select (select count(*) from audit.logs), coalesce(max(id), 0),
  coalesce((select hash from audit.logs order by id desc limit 1), decode(repeat('00', 32), 'hex'))
from audit.logs;

-- Moves with the rights of the owner: the application's role may read the head and nothing else.
create function audit.advance_head() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update audit.chain_head set rows_count = rows_count + 1, last_id = new.id, last_hash = new.hash
  where last_hash = new.previous_hash;
  if not found then
    raise exception 'audit.logs: the row does not follow the end of the chain';
  end if;
  return null;
end $$;
create trigger logs_advance_head after insert on audit.logs for each row execute function audit.advance_head();
create trigger chain_head_kept before delete or truncate on audit.chain_head
  for each statement execute function audit.refuse_change();

-- The viewer: newest first, and by time.
create index logs_newest on audit.logs (created_at desc, id desc);
