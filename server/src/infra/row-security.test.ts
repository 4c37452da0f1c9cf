import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { makeSide, ROWS_OF_SHOP, ROWS_OF_USER, type Side } from '#test/two-sides.ts'
import { wallFindings } from '../../tools/schema-walls.ts'
import { actAs, type Viewpoint, viewpointOf } from './wall.ts'

let app: TestApp
let ours: Side
let theirs: Side
let admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.given.admin()
  ours = await makeSide(app, admin)
  theirs = await makeSide(app, admin)
})
afterAll(() => app?.stop())

const SYSTEM: Viewpoint = { kind: 'system' }
/** The application's role may not change these at all. */
const APPEND_ONLY = ['audit.logs', 'wallet.ledger_entries']
/** What proves who somebody is; closed to admins as well. */
const SECRETS = [
  'identity.refresh_tokens',
  'identity.two_factor_secrets',
  'identity.recovery_codes',
  'identity.passkeys',
  'identity.email_tokens',
  'infra.idempotency_keys',
  'compliance.exports',
]

/** How many rows a statement reads or changes; whatever it changes is taken back. */
async function count(viewpoint: Viewpoint, statement: string): Promise<number> {
  const taken_back = new Error('taken back')
  let rows_count = -1
  const run = () =>
    app.db.transaction().execute(async (tx) => {
      const { rows, numAffectedRows } = await sql`${sql.raw(statement)}`.execute(tx)
      rows_count = numAffectedRows === undefined ? rows.length : Number(numAffectedRows)
      throw taken_back
    })
  await actAs(viewpoint, run).catch((error: unknown) => {
    if (error !== taken_back) throw error
  })
  return rows_count
}

const countRows = (viewpoint: Viewpoint, table: string, condition = 'true') =>
  count(viewpoint, `select from ${table} where ${condition}`)

/** Changes nothing, in every row that it reaches. */
async function countChangeable(viewpoint: Viewpoint, table: string, condition = 'true'): Promise<number> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and attidentity = ''
    order by attnum limit 1`.execute(app.db)
  return count(viewpoint, `update ${table} set ${rows[0]?.name} = ${rows[0]?.name} where ${condition}`)
}

describe.each([
  ['shop', ROWS_OF_SHOP],
  ['user', ROWS_OF_USER],
] as const)('a %s', (kind, tables) => {
  const me = () => viewpointOf(ours[kind].actor)

  test.each(Object.entries(tables))('reads none of another’s rows of %s (Z-04)', async (table, rowsOf) => {
    expect(await countRows(SYSTEM, table, rowsOf(theirs))).toBeGreaterThan(0)
    expect(await countRows(me(), table, rowsOf(theirs))).toBe(0)
    const own = await countRows(SYSTEM, table, rowsOf(ours))
    expect(own).toBeGreaterThan(0)
    expect(await countRows(me(), table, rowsOf(ours))).toBe(own)
  })

  test.each(Object.entries(tables).filter(([table]) => !APPEND_ONLY.includes(table)))(
    'changes and deletes none of another’s rows of %s, also without any filter (Z-04)',
    async (table, rowsOf) => {
      expect(await countChangeable(me(), table, rowsOf(theirs))).toBe(0)
      expect(await count(me(), `delete from ${table} where ${rowsOf(theirs)}`)).toBe(0)
      const own = table === 'catalog.products' ? `shop_id = ${ours.shop.shop_id}` : rowsOf(ours)
      expect(await countChangeable(me(), table)).toBe(await countRows(SYSTEM, table, own))
    },
  )
})

test('the application’s role, told it is one shop, finds no draft of another and no more of it than is listed (Z-04)', async () => {
  const role = new pg.Client({ connectionString: app.config.database.url })
  await role.connect()
  try {
    await role.query('begin')
    await role.query("select set_config('leema.kind', 'shop', true), set_config('leema.shop_id', $1, true)", [
      String(ours.shop.shop_id),
    ])
    const { rows } = await role.query(
      `select count(*) filter (where moderation_status = 'pending')::int as drafts, count(*)::int as all
       from catalog.products where shop_id = $1`,
      [theirs.shop.shop_id],
    )
    expect(rows).toEqual([{ drafts: 0, all: 1 }])
    await role.query('commit')
    const after = await role.query("select from catalog.products where moderation_status = 'pending'")
    expect(after.rowCount).toBe(0)
  } finally {
    await role.end()
  }
})

test.each<[string, 'shop' | 'user', (them: Side) => string]>([
  [
    'a card',
    'shop',
    ({ shop }) => `catalog.products (shop_id, name, price_cents) values (${shop.shop_id}, 'x', 1)`,
  ],
  [
    'a transaction',
    'shop',
    ({ shop }) =>
      `wallet.transactions (shop_id, type, amount_cents, currency) values (${shop.shop_id}, 'TOP_UP', 1, 'USD')`,
  ],
  [
    'a picture',
    'shop',
    ({
      shop,
    }) => `media.files (storage_key, owner_account_id, kind, visibility, mime, bytes, uploaded_bytes, width, height, sha256, expires_at)
      values (md5('x'), ${shop.account_id}, 'product', 'public', 'image/webp', 1, 1, 1, 1, 'x', now())`,
  ],
  ['a row in the trail', 'shop', ({ shop }) => trailRow('shop_id', shop.shop_id)],
  ['a row in the trail', 'user', ({ user }) => trailRow('user_id', user.user_id)],
  [
    'a session',
    'user',
    ({
      user,
    }) => `identity.sessions (public_id, account_id, account_type, platform, amr, authenticated_at, expires_at)
      values ('x', ${user.account_id}, 'user', 'web', '{pwd}', now(), now())`,
  ],
  [
    'a generation',
    'user',
    ({ user }) => `studio.generations (user_id, type, mode, aspect_ratio, charge_kind, price_cents)
      values (${user.user_id}, 'try_on', 'try_on', '2:3', 'free', 5)`,
  ],
  [
    'a garment',
    'user',
    ({ user }) => `wardrobe.items (user_id, source, name) values (${user.user_id}, 'uploaded', 'x')`,
  ],
  [
    'a review',
    'user',
    ({ user }) =>
      `catalog.reviews (user_id, product_id, rating) select ${user.user_id}, id, 1 from catalog.v_listed_products limit 1`,
  ],
])('%s in the name of another %s is refused', async (_what, kind, into) => {
  const statement = (side: Side) => `insert into ${into(side)}`
  const me = viewpointOf(ours[kind].actor)
  expect(await count(me, statement(ours))).toBe(1)
  await expect(count(me, statement(theirs))).rejects.toMatchObject({ code: '42501' })
})

function trailRow(column: 'user_id' | 'shop_id', id: number): string {
  return `audit.logs (${column}, action, entity_type, previous_hash, hash)
    select ${id}, 'test.done', 'test', last_hash, sha256('x') from audit.chain_head`
}

describe('what everybody may see', () => {
  test('a guest, and work that names no viewpoint, finds listed cards and reviews and not one private row', async () => {
    const { rows } = await sql<{ name: string }>`
      select c.oid::regclass::text as name from pg_class c where c.relrowsecurity`.execute(app.db)
    const seen = await Promise.all(
      rows.map(async ({ name }) => ({ name, count: await countRows({ kind: 'guest' }, name) })),
    )
    expect(seen.length).toBeGreaterThan(20)
    expect(seen.filter((table) => table.count > 0).sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'catalog.products', count: 2 },
      { name: 'catalog.reviews', count: 2 },
    ])
  })

  test('a card is not seen any more when its shop is paused, its rent is over, or it is hidden', async () => {
    const listed = `shop_id = ${theirs.shop.shop_id}`
    for (const [table, id, change, back] of [
      ['identity.shops', theirs.shop.shop_id, 'paused_at = now()', 'paused_at = null'],
      ['catalog.products', null, `rent_expires_at = now()`, `rent_expires_at = now() + interval '30 days'`],
      ['catalog.products', null, 'deleted_at = now()', 'deleted_at = null'],
    ] as const) {
      const where = id === null ? `${listed} and name = 'listed'` : `id = ${id}`
      await sql`${sql.raw(`update ${table} set ${change} where ${where}`)}`.execute(app.db)
      expect(await countRows(viewpointOf(ours.user.actor), 'catalog.products', listed)).toBe(0)
      await sql`${sql.raw(`update ${table} set ${back} where ${where}`)}`.execute(app.db)
      expect(await countRows(viewpointOf(ours.user.actor), 'catalog.products', listed)).toBe(1)
    }
  })

  test.each([
    ['catalog.v_products', (side: Side) => `id = ${side.product_id}`],
    ['identity.v_users', (side: Side) => `id = ${side.user.user_id}`],
    ['identity.v_shop_contacts', (side: Side) => `shop_id = ${side.shop.shop_id}`],
    ['identity.v_consents', (side: Side) => `account_id = ${side.user.account_id}`],
    ['identity.v_user_search', (side: Side) => `id = ${side.user.user_id}`],
    ['identity.v_shop_search', (side: Side) => `id = ${side.shop.shop_id}`],
    [
      'media.v_files',
      (side: Side) => `owner_account_id in (${side.user.account_id}, ${side.shop.account_id})`,
    ],
    ['wallet.v_user_funds', (side: Side) => `user_id = ${side.user.user_id}`],
    ['wallet.v_shop_funds', (side: Side) => `shop_id = ${side.shop.shop_id}`],
    ['wallet.v_transactions', (side: Side) => `user_id = ${side.user.user_id}`],
    ['studio.v_generations', (side: Side) => `user_id = ${side.user.user_id}`],
  ])('the view %s shows nothing of another', async (view, rowsOf) => {
    expect(await countRows(SYSTEM, view, rowsOf(theirs))).toBeGreaterThan(0)
    for (const actor of [ours.shop.actor, ours.user.actor])
      expect(await countRows(viewpointOf(actor), view, rowsOf(theirs))).toBe(0)
    expect(await countRows({ kind: 'guest' }, view, rowsOf(theirs))).toBe(0)
  })
})

test('an admin sees everybody’s rows but what proves who they are', async () => {
  const me = viewpointOf(admin.actor)
  for (const [table, rowsOf] of Object.entries(ROWS_OF_USER)) {
    const all = await countRows(SYSTEM, table, rowsOf(theirs))
    expect(await countRows(me, table, rowsOf(theirs)), table).toBe(SECRETS.includes(table) ? 0 : all)
  }
})

test('a table, view or function that was left outside of the wall is found by the check of the schema', async () => {
  expect(await wallFindings(app.owner_url)).toEqual([])
  const owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
  try {
    await owner.query(`
      create table catalog.forgotten (id bigint);
      create table catalog.without_policy (id bigint);
      alter table catalog.without_policy enable row level security;
      create view catalog.v_forgotten as select * from catalog.products;
      create function catalog.forgotten() returns bigint language sql security definer return 1;
      alter table studio.sample_people enable row level security;
      create policy own on studio.sample_people using (true)`)
  } finally {
    await owner.end()
  }
  const found = await wallFindings(app.owner_url)
  expect(found.map((finding) => finding.split(' ').slice(0, 2).join(' '))).toEqual([
    'function catalog.forgotten',
    'table catalog.forgotten',
    'view catalog.v_forgotten',
    'table catalog.without_policy',
    'studio.sample_people has',
  ])
})
