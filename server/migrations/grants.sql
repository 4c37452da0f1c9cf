-- Rights of the application's role, renewed after every migration. No DDL; audit, ledger and history can only grow.
do $$
declare
  target record;
begin
  for target in
    select nspname from pg_namespace
    where nspname not in ('information_schema', 'public') and nspname !~ '^pg_'
  loop
    execute format('grant usage on schema %I to :app_role', target.nspname);
    execute format('grant select, insert, update, delete on all tables in schema %I to :app_role', target.nspname);
    execute format('grant usage, select on all sequences in schema %I to :app_role', target.nspname);
    execute format('grant execute on all functions in schema %I to :app_role', target.nspname);
  end loop;
  -- An installation with one role for everything: its rights as owner must stay, the triggers alone keep history, and row
  -- security does not bind it (such a server starts with a warning, and in production not at all).
  if '"' || current_user || '"' = ':app_role' then
    return;
  end if;
  revoke update, delete, truncate on audit.logs from :app_role;
  revoke insert, update, delete, truncate on audit.chain_head from :app_role;
  revoke update, delete, truncate on wallet.ledger_entries from :app_role;
  revoke update, delete, truncate on settings.setting_versions from :app_role;
  revoke delete, truncate on approvals.approvals from :app_role;
  revoke insert, update, delete on infra.migrations from :app_role;
end $$;
