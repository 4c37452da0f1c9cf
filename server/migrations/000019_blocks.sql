-- Who blocked an account and why; the lists of blocked accounts and of all shops that admins work with.
-- breaking: no
alter table identity.accounts add column blocked_by bigint references identity.users on delete set null;
alter table identity.accounts add column block_reason text check (length(block_reason) <= 1000);
create index accounts_blocked_by on identity.accounts (blocked_by) where blocked_by is not null;
create index accounts_blocked on identity.accounts (id) where blocked_at is not null;

create index shops_newest on identity.shops (created_at desc, id desc) where deleted_at is null;
create index shops_by_name on identity.shops (shop_name, id) where deleted_at is null;
create index shops_name_text on identity.shops using gin (shop_name gin_trgm_ops);
