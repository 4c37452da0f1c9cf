-- The second wall (ADR 0016): the application's role sees private rows only from the viewpoint that the transaction names.
-- A transaction that names none sees what a guest sees. Owners of the tables (migrations, views) are not bound.
-- breaking: yes (code that names no viewpoint finds the public rows only)
create schema wall;

-- What the transaction has set; kind is user, shop, admin or system. Asked as `(select wall.…())`: once per statement.
create function wall.is_system() returns boolean language sql stable parallel safe
  return coalesce(current_setting('leema.kind', true) = 'system', false);
create function wall.sees_all() returns boolean language sql stable parallel safe
  return coalesce(current_setting('leema.kind', true) in ('system', 'admin'), false);
create function wall.account_id() returns bigint language sql stable parallel safe
  return nullif(current_setting('leema.account_id', true), '')::bigint;
create function wall.user_id() returns bigint language sql stable parallel safe
  return nullif(current_setting('leema.user_id', true), '')::bigint;
create function wall.shop_id() returns bigint language sql stable parallel safe
  return nullif(current_setting('leema.shop_id', true), '')::bigint;

-- infra: everybody tells of a change, nobody but the platform reads what was told (codes and links are in there).
alter table infra.outbox_events enable row level security;
create policy own on infra.outbox_events using ((select wall.is_system()));
create policy told on infra.outbox_events for insert with check (true);
alter table infra.idempotency_keys enable row level security;
create policy own on infra.idempotency_keys using (
  (select wall.is_system())
  or account = 'user:' || (select wall.user_id())
  or account = 'shop:' || (select wall.shop_id()));

-- audit: everybody's actions are recorded, in nobody else's name.
alter table audit.logs enable row level security;
create policy own on audit.logs using ((select wall.sees_all()));
create policy told on audit.logs for insert with check (
  (user_id is null or user_id = (select wall.user_id()))
  and (shop_id is null or shop_id = (select wall.shop_id())));

-- identity. What proves who somebody is, is closed to admins as well.
alter table identity.accounts enable row level security;
create policy own on identity.accounts using ((select wall.sees_all()) or id = (select wall.account_id()));
alter table identity.users enable row level security;
create policy own on identity.users using ((select wall.sees_all()) or account_id = (select wall.account_id()));
alter table identity.shops enable row level security;
create policy own on identity.shops using ((select wall.sees_all()) or account_id = (select wall.account_id()));
alter table identity.sessions enable row level security;
create policy own on identity.sessions using ((select wall.sees_all()) or account_id = (select wall.account_id()));
alter table identity.consents enable row level security;
create policy own on identity.consents using ((select wall.sees_all()) or account_id = (select wall.account_id()));
alter table identity.refresh_tokens enable row level security;
create policy own on identity.refresh_tokens using (
  (select wall.is_system())
  or exists (
    select from identity.sessions s where s.id = session_id and s.account_id = (select wall.account_id())
  ));
alter table identity.two_factor_secrets enable row level security;
create policy own on identity.two_factor_secrets
  using ((select wall.is_system()) or account_id = (select wall.account_id()));
alter table identity.recovery_codes enable row level security;
create policy own on identity.recovery_codes
  using ((select wall.is_system()) or account_id = (select wall.account_id()));
alter table identity.passkeys enable row level security;
create policy own on identity.passkeys using ((select wall.is_system()) or account_id = (select wall.account_id()));
alter table identity.email_tokens enable row level security;
create policy own on identity.email_tokens
  using ((select wall.is_system()) or account_id = (select wall.account_id()));

-- media
alter table media.files enable row level security;
create policy own on media.files using ((select wall.sees_all()) or owner_account_id = (select wall.account_id()));

-- wallet
alter table wallet.accounts enable row level security;
create policy own on wallet.accounts using (
  (select wall.sees_all()) or user_id = (select wall.user_id()) or shop_id = (select wall.shop_id()));
alter table wallet.transactions enable row level security;
create policy own on wallet.transactions using (
  (select wall.sees_all()) or user_id = (select wall.user_id()) or shop_id = (select wall.shop_id()));
alter table wallet.free_credits enable row level security;
create policy own on wallet.free_credits using ((select wall.sees_all()) or user_id = (select wall.user_id()));
-- Of the wallets that may be seen: their table has its own wall.
alter table wallet.ledger_entries enable row level security;
create policy own on wallet.ledger_entries using (
  (select wall.sees_all()) or exists (select from wallet.accounts a where a.id = account_id));
alter table wallet.balance_holds enable row level security;
create policy own on wallet.balance_holds using (
  (select wall.sees_all()) or exists (select from wallet.accounts a where a.id = account_id));

-- Adds up both sides of a transaction, of which its writer may see one.
alter function wallet.assert_balanced() security definer set search_path = pg_catalog;

-- moderation
alter table moderation.queue enable row level security;
create policy own on moderation.queue using (
  (select wall.sees_all())
  or exists (select from catalog.products p where p.id = product_id and p.shop_id = (select wall.shop_id())));

-- studio, wardrobe
alter table studio.generations enable row level security;
create policy own on studio.generations using ((select wall.sees_all()) or user_id = (select wall.user_id()));
alter table studio.garment_cuts enable row level security;
create policy own on studio.garment_cuts using ((select wall.sees_all()));
alter table wardrobe.items enable row level security;
create policy own on wardrobe.items using ((select wall.sees_all()) or user_id = (select wall.user_id()));

-- notifications, payments: the platform's own.
alter table notifications.mails enable row level security;
create policy own on notifications.mails using ((select wall.is_system()));
alter table payments.provider_events enable row level security;
create policy own on payments.provider_events using ((select wall.is_system()));

-- Views that show private rows ask with the rights, and so from the viewpoint, of their reader.
alter view identity.v_users set (security_invoker = true);
alter view identity.v_shop_contacts set (security_invoker = true);
alter view identity.v_consents set (security_invoker = true);
alter view media.v_files set (security_invoker = true);
alter view wallet.v_user_funds set (security_invoker = true);
alter view wallet.v_shop_funds set (security_invoker = true);
alter view wallet.v_transactions set (security_invoker = true);
alter view studio.v_generations set (security_invoker = true);
alter view wardrobe.v_generation_items set (security_invoker = true);

-- These mix what everybody sees with what some see, or search by operators that row security keeps from the indexes
-- (`ilike` is not leakproof): they run with the rights of their owner and carry the wall in their own condition.
create or replace view identity.v_shops as
  select s.id, s.account_id, s.shop_name, s.description, s.avatar_url, s.phone, s.whatsapp_number, s.address,
    s.is_approved, s.paused_at is null and s.blocked_at is null as is_active,
    s.is_approved and s.paused_at is null and s.blocked_at is null and s.deleted_at is null as is_public,
    s.is_approved and s.blocked_at is null and s.deleted_at is null as may_trade,
    s.created_at, a.locale
  from identity.shops s
  left join identity.accounts a on a.id = s.account_id
  where (s.is_approved and s.paused_at is null and s.blocked_at is null and s.deleted_at is null)
    or (select wall.sees_all())
    or s.account_id = (select wall.account_id());

create or replace view catalog.v_products as
  select p.*, s.shop_name,
    p.deleted_at is null and p.moderation_status = 'approved' and p.is_active and s.is_public
      and (p.rent_expires_at is null or p.rent_expires_at > now()) as is_listed
  from catalog.products p
  join identity.v_shops s on s.id = p.shop_id
  where (select wall.sees_all())
    or p.shop_id = (select wall.shop_id())
    or (p.deleted_at is null and p.moderation_status = 'approved' and p.is_active and s.is_public
      and (p.rent_expires_at is null or p.rent_expires_at > now()));

-- For an admin's search of users and shops by a part of the name or address; empty for everybody else.
create view identity.v_shop_search as
  select s.id, s.shop_name, a.email
  from identity.shops s
  left join identity.accounts a on a.id = s.account_id
  where (select wall.sees_all());
create view identity.v_user_search as
  select u.id, u.name, a.email
  from identity.users u
  left join identity.accounts a on a.id = u.account_id
  where (select wall.sees_all());

-- Whose name and picture stand beside a review; nothing else of the person.
create view identity.v_people as
  select id, name, avatar_url from identity.users;

-- catalog, last: what is listed is decided with `v_shops`.
alter table catalog.products enable row level security;
create policy own on catalog.products using ((select wall.sees_all()) or shop_id = (select wall.shop_id()));
create policy public on catalog.products for select using (
  deleted_at is null and moderation_status = 'approved' and is_active
  and (rent_expires_at is null or rent_expires_at > now())
  and exists (select from identity.v_shops s where s.id = shop_id and s.is_public));
alter table catalog.reviews enable row level security;
create policy own on catalog.reviews using ((select wall.sees_all()) or user_id = (select wall.user_id()));
create policy public on catalog.reviews for select using (true);

-- A shop reads what the trail tells of itself and its cards; of those that are gone the trail alone says whose they were.
-- Both views have the wall in their condition: the first asks the trail by `->>`, which is not leakproof either; the second
-- joins, where the planner cannot guess how much row security leaves.
create view audit.v_deleted_cards as
  select entity_id as id, (select wall.shop_id()) as shop_id
  from audit.logs
  where action = 'catalog.product_deleted'
    and old_values ->> 'shop_id' = (select wall.shop_id())::text
    and entity_id is not null;
create view audit.v_shop_log_ids as
  select id, (select wall.shop_id()) as shop_id
  from audit.logs
  where entity_type = 'shop' and entity_id = (select wall.shop_id())
  union all
  select l.id, (select wall.shop_id())
  from (
    select id from catalog.products where shop_id = (select wall.shop_id())
    union
    select id from audit.v_deleted_cards
  ) card
  join audit.logs l on l.entity_id = card.id and l.entity_type = 'product';
create policy told_of on audit.logs for select using (
  (entity_type = 'shop' and entity_id = (select wall.shop_id()))
  or (entity_type = 'product' and (
    exists (select from catalog.products p where p.id = entity_id and p.shop_id = (select wall.shop_id()))
    or exists (select from audit.v_deleted_cards d where d.id = entity_id))));
