import { sql } from 'kysely'
import type { TestApp } from './app.ts'
import type { GivenShop, GivenUser } from './given.ts'

/** A shop and a user with something in every table that has rows of somebody. */
export type Side = { shop: GivenShop; user: GivenUser; product_id: number }

export async function makeSide(app: TestApp, admin: GivenUser): Promise<Side> {
  const shop = await app.given.shop()
  const user = await app.given.user({ balance: 500 })
  await app.given.product({ shop, admin, name: 'listed' })
  const { id: product_id } = await app.given.product({ shop, listed: false, name: 'draft' })
  await app.given.picture(user.account_id, 'person')
  const { account_id, user_id } = user
  const fill = [
    sql`insert into identity.consents (account_id, document, version) values (${account_id}, 'terms', '1')`,
    sql`insert into identity.two_factor_secrets (account_id, secret_encrypted) values (${account_id}, 'x')`,
    sql`insert into identity.recovery_codes (account_id, code_hash) values (${account_id}, 'x')`,
    sql`insert into identity.passkeys (account_id, credential_id, public_key, counter, is_backed_up, name)
      values (${account_id}, ${`key-${account_id}`}, 'x', 0, false, 'phone')`,
    sql`insert into identity.email_tokens (account_id, purpose, token_hash, expires_at)
      values (${account_id}, 'reset', ${`hash-${account_id}`}, now() + interval '1 hour')`,
    sql`insert into wallet.balance_holds (account_id, amount_cents, reason, expires_at)
      select id, 5, 'try_on', now() + interval '1 day' from wallet.accounts where user_id = ${user_id}`,
    sql`insert into studio.generations (user_id, type, mode, aspect_ratio, charge_kind, price_cents)
      values (${user_id}, 'try_on', 'try_on', '2:3', 'free', 5)`,
    sql`insert into compliance.exports (account_id, user_id, requested_at, expires_at)
      values (${account_id}, ${user_id}, now(), now() + interval '7 days')`,
    sql`insert into wardrobe.items (user_id, source, name) values (${user_id}, 'uploaded', 'scarf')`,
    sql`insert into catalog.reviews (user_id, product_id, rating) values (${user_id}, ${product_id}, 5)`,
    ...[`user:${user_id}`, `shop:${shop.shop_id}`].map(
      (account) => sql`insert into infra.idempotency_keys (account, key, route, request_hash, expires_at)
        values (${account}, 'k', 'POST /', 'x', now() + interval '1 day')`,
    ),
  ]
  for (const statement of fill) await statement.execute(app.db)
  return { shop, user, product_id }
}

type Rows = Record<string, (side: Side) => string>

/** Table → the condition that finds a shop's rows in it. */
export const ROWS_OF_SHOP: Rows = {
  'catalog.products': ({ shop }) => `shop_id = ${shop.shop_id} and moderation_status = 'pending'`,
  'moderation.queue': ({ shop }) =>
    `product_id in (select id from catalog.products where shop_id = ${shop.shop_id})`,
  'media.files': ({ shop }) => `owner_account_id = ${shop.account_id}`,
  'wallet.accounts': ({ shop }) => `shop_id = ${shop.shop_id}`,
  'wallet.transactions': ({ shop }) => `shop_id = ${shop.shop_id}`,
  'wallet.ledger_entries': ({ shop }) =>
    `account_id in (select id from wallet.accounts where shop_id = ${shop.shop_id})`,
  'identity.accounts': ({ shop }) => `id = ${shop.account_id}`,
  'identity.shops': ({ shop }) => `id = ${shop.shop_id}`,
  'identity.sessions': ({ shop }) => `account_id = ${shop.account_id}`,
  'identity.refresh_tokens': ({ shop }) => `session_id = ${shop.actor.session_id}`,
  'audit.logs': ({ shop }) =>
    `entity_type = 'product' and entity_id in (select id from catalog.products where shop_id = ${shop.shop_id})`,
  'infra.idempotency_keys': ({ shop }) => `account = 'shop:${shop.shop_id}'`,
}

/** Table → the condition that finds a user's rows in it. */
export const ROWS_OF_USER: Rows = {
  'studio.generations': ({ user }) => `user_id = ${user.user_id}`,
  'compliance.exports': ({ user }) => `user_id = ${user.user_id}`,
  'wardrobe.items': ({ user }) => `user_id = ${user.user_id}`,
  'wallet.accounts': ({ user }) => `user_id = ${user.user_id}`,
  'wallet.transactions': ({ user }) => `user_id = ${user.user_id}`,
  'wallet.ledger_entries': ({ user }) =>
    `account_id in (select id from wallet.accounts where user_id = ${user.user_id})`,
  'wallet.balance_holds': ({ user }) =>
    `account_id in (select id from wallet.accounts where user_id = ${user.user_id})`,
  'wallet.free_credits': ({ user }) => `user_id = ${user.user_id}`,
  'media.files': ({ user }) => `owner_account_id = ${user.account_id}`,
  'identity.accounts': ({ user }) => `id = ${user.account_id}`,
  'identity.users': ({ user }) => `id = ${user.user_id}`,
  'identity.sessions': ({ user }) => `account_id = ${user.account_id}`,
  'identity.refresh_tokens': ({ user }) => `session_id = ${user.actor.session_id}`,
  'identity.consents': ({ user }) => `account_id = ${user.account_id}`,
  'identity.two_factor_secrets': ({ user }) => `account_id = ${user.account_id}`,
  'identity.recovery_codes': ({ user }) => `account_id = ${user.account_id}`,
  'identity.passkeys': ({ user }) => `account_id = ${user.account_id}`,
  'identity.email_tokens': ({ user }) => `account_id = ${user.account_id}`,
  'infra.idempotency_keys': ({ user }) => `account = 'user:${user.user_id}'`,
}
