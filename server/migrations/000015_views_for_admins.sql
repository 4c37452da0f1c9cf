-- What other slices may read of money movements and generations: figures of an admin's view of a user.
-- breaking: no
create view wallet.v_transactions as
  select id, user_id, shop_id, type, amount_cents, currency, status, payment_method, description, created_at, completed_at
  from wallet.transactions;

create view studio.v_generations as
  select id, user_id, product_id, type, mode, status, prompt, cost_cents, error_code, created_at, finished_at
  from studio.generations;

-- An admin's lists of users, by each of their sorts, and their search by a part of the name or address.
create index users_newest on identity.users (created_at desc, id desc);
create index users_by_name on identity.users (name, id);
create index users_name_text on identity.users using gin (name gin_trgm_ops);
create index accounts_email_text on identity.accounts using gin (email gin_trgm_ops);
create index users_admins on identity.users (id) where role = 'admin';
