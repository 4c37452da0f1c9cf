import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type GivenUser, TEST_CALL } from '#test/given.ts'
import { changeSetting } from './change-setting.ts'
import { SETTING_KEYS } from './model.ts'
import { settingsClient } from './test-settings.ts'

let app: TestApp
let admin: GivenUser
let client: ReturnType<typeof settingsClient>

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.given.admin({ name: 'Gulnara' })
  client = settingsClient(app)
})
afterAll(() => app.stop())

test('admins see every setting with its value, type, range and default, in the order of the list', async () => {
  const response = await app.http.inject({ url: '/api/v1/admin/settings', headers: admin.auth })
  expect(response.statusCode).toBe(200)
  const list = response.json<{ key: string }[]>()
  expect(list.map((setting) => setting.key)).toEqual(SETTING_KEYS)
  expect(list).toHaveLength(14)
  expect(list.find(({ key }) => key === 'order_payment_ttl_minutes')).toEqual({
    key: 'order_payment_ttl_minutes',
    value: '180',
    description: 'Life of an unpaid order in minutes',
    type: 'int',
    default: '180',
    min: 15,
    max: 4_320,
    public: false,
    version: 1,
    updated_at: null,
    updated_by: null,
    waiting_approval_id: null,
  })
})

test('a change takes effect at once and leaves history, audit with old and new, and an event', async () => {
  const more = {
    description: 'Price of one try-on from May',
    reason: 'The engine got dearer',
    expected_version: 1,
  }
  const { status, body } = await client.put(admin, 'user_try_on_price', '3', more)
  expect([status, body]).toEqual([200, { message: 'Настройка изменена' }])

  const open = await app.http.inject({ url: '/api/v1/settings/public' })
  expect(open.json()).toMatchObject({ user_try_on_price: 3, user_generation_price: 1 })
  const { body: list } = await client.send('GET', '/admin/settings', admin)
  expect(Object.values(list)).toContainEqual(
    expect.objectContaining({
      key: 'user_try_on_price',
      value: '3.00',
      description: 'Price of one try-on from May',
      version: 2,
      updated_at: app.clock.now().toISOString(),
      updated_by: { id: admin.user_id, name: 'Gulnara' },
    }),
  )
  const { body: history } = await client.send('GET', '/admin/settings/user_try_on_price/history', admin)
  expect(history).toEqual({
    items: [
      {
        version: 2,
        old_value: '0.50',
        new_value: '3.00',
        old_description: 'Price of one try-on',
        new_description: 'Price of one try-on from May',
        reason: 'The engine got dearer',
        changed_by: { id: admin.user_id, name: 'Gulnara' },
        approved_by: null,
        approval_id: null,
        changed_at: app.clock.now().toISOString(),
      },
    ],
    total: 1,
    page: 1,
    page_size: 50,
  })
  expect(await client.auditOf('settings.setting_changed')).toEqual([
    {
      user_id: admin.user_id,
      entity_type: 'setting',
      entity_id: expect.any(Number),
      old_values: { key: 'user_try_on_price', value: '0.50', description: 'Price of one try-on', version: 1 },
      new_values: {
        key: 'user_try_on_price',
        value: '3.00',
        description: 'Price of one try-on from May',
        version: 2,
        reason: 'The engine got dearer',
      },
    },
  ])
  const seen = {
    key: 'user_try_on_price',
    old_value: '0.50',
    new_value: '3.00',
    description: 'Price of one try-on from May',
  }
  expect((await client.eventsOf('settings.updated')).map((event) => event.deliveries)).toEqual([
    [
      { to: 'admins', data: { ...seen, updated_by: admin.user_id } },
      { to: 'users', data: seen },
      { to: 'shops', data: seen },
    ],
  ])
})

test('4.16 example 20: after the price of a try-on was set to 3, a try-on without free credits costs 3.00', async () => {
  const user = await app.given.user({ balance: 500 })
  const { user_id } = user
  await app.db
    .updateTable('wallet.free_credits')
    .set({ try_ons_left: 0 })
    .where('user_id', '=', user_id)
    .execute()
  const product = await app.given.product({ shop: await app.given.shop(), admin })
  const photo = await app.given.picture(user.account_id, 'person')
  await app.db
    .insertInto('identity.consents')
    .values({ account_id: user.account_id, document: 'photo_processing', version: '1' })
    .execute()
  const wanted = { product_id: product.id, user_image_url: photo.url }
  const { status, body } = await client.send('POST', '/generations/try-on', user, wanted)
  expect([status, body.charge_info]).toMatchObject([202, { charged: true, amount: 3 }])
})

test('of a setting that is not public only admins hear', async () => {
  expect((await client.put(admin, 'rent_notice_days', '5')).status).toBe(200)
  const event = (await client.eventsOf('settings.updated')).at(-1)
  expect(event?.deliveries).toEqual([
    {
      to: 'admins',
      data: {
        key: 'rent_notice_days',
        old_value: '3',
        new_value: '5',
        description: 'Days of notice before rent ends',
        updated_by: admin.user_id,
      },
    },
  ])
})

test.each([
  ['shop_approval_fee', '07.5', '7.50'],
  ['shop_commission_rate', '12.50', '12.5'],
  ['shop_commission_rate', '0', '0'],
  ['user_free_generations', '0010', '10'],
  ['payments_enabled', 'false', 'false'],
] as const)('%s given as %s is stored as %s', async (key, given, stored) => {
  expect((await client.put(admin, key, given)).status).toBe(200)
  expect((await client.valueOf(key)).value).toBe(stored)
})

test('the value that a setting has already is no change, however it is written: no version, no record', async () => {
  const before = await client.traces()
  const { status, body } = await client.put(admin, 'user_generation_price', '1')
  expect([status, body]).toEqual([200, { message: 'Настройка уже имеет это значение' }])
  expect(await client.traces()).toEqual(before)
})

test.each([
  ['user_generation_price', ''],
  ['user_generation_price', ' 1'],
  ['user_generation_price', '-1'],
  ['user_generation_price', '+1'],
  ['user_generation_price', '1e2'],
  ['user_generation_price', '0x10'],
  ['user_generation_price', '1,5'],
  ['user_generation_price', '1.'],
  ['user_generation_price', '.5'],
  ['user_generation_price', '1.005'],
  ['user_generation_price', '1000.01'],
  ['user_generation_price', 'NaN'],
  ['user_generation_price', 'Infinity'],
  ['user_generation_price', '١'],
  ['user_generation_price', '１'],
  ['shop_commission_rate', '100.01'],
  ['user_free_generations', '2.5'],
  ['user_free_generations', '1001'],
  ['shop_min_rent_months', '0'],
  ['order_payment_ttl_minutes', '14'],
  ['ai_generation_enabled', 'TRUE'],
  ['ai_generation_enabled', '1'],
] as const)('%s takes no „%s“: 422, and nothing changes', async (key, value) => {
  const before = await client.traces()
  const { status, body } = await client.put(admin, key, value)
  expect([status, body.code]).toEqual([422, 'validation_failed'])
  expect(body.errors).toMatchObject([{ field: 'value' }])
  expect(await client.traces()).toEqual(before)
})

test.each([
  ['nothing', 404],
  ['constructor', 404],
  ['user_tryon_price', 404],
  ['user_free_try_ons', 422],
])('path %s with another key in the body: %i, and nothing changes', async (path, expected) => {
  const before = await client.traces()
  const body = { key: path === 'user_free_try_ons' ? 'user_generation_price' : path, value: '2' }
  expect((await client.send('PUT', `/admin/settings/${path}`, admin, body)).status).toBe(expected)
  expect((await client.send('GET', `/admin/settings/${path}/history`, admin)).status).toBe(
    expected === 404 ? 404 : 200,
  )
  expect(await client.traces()).toEqual(before)
})

test('a change made against an older version is refused with what it is now', async () => {
  const first = await client.put(admin, 'refund_period_days', '20', { expected_version: 1 })
  const before = await client.traces()
  const late = await client.put(admin, 'refund_period_days', '30', { expected_version: 1 })
  expect([first.status, late.status]).toEqual([200, 409])
  expect(late.body).toMatchObject({ code: 'invalid_state', current_value: '20', current_version: 2 })
  expect(await client.traces()).toEqual(before)
})

test('of ten changes at once against one version exactly one is made', async () => {
  const values = Array.from({ length: 10 }, (_, index) => String(40 + index))
  const answers = await Promise.all(
    values.map((value) => client.put(admin, 'product_initial_rent_days', value, { expected_version: 1 })),
  )
  const made = answers.findIndex((answer) => answer.status === 200)
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(409)])
  expect(await client.versionsOf('product_initial_rent_days')).toEqual([
    { version: 2, old_value: '30', new_value: values[made], changed_by: admin.user_id, approved_by: null },
  ])
})

test('ten changes at once by clients that name no version all stand in the history, each after the one before', async () => {
  const values = Array.from({ length: 10 }, (_, index) => String(100 + index))
  const answers = await Promise.all(values.map((value) => client.put(admin, 'user_free_try_ons', value)))
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
  const versions = await client.versionsOf('user_free_try_ons')
  expect(versions.map((row) => row.version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(versions.map((row) => row.old_value)).toEqual([
    '5',
    ...versions.slice(0, -1).map((row) => row.new_value),
  ])
  expect(await client.valueOf('user_free_try_ons')).toMatchObject({
    version: 11,
    value: versions.at(-1)?.new_value,
  })
})

test('the lock on the setting alone keeps changes apart, without that on the admins', async () => {
  const deps = { ...app.settings, lockAdminsAs: async () => [admin.user_id] }
  const key = 'shop_min_rent_months'
  const values = Array.from({ length: 8 }, (_, index) => String(3 + index))
  const change = (value: string) =>
    changeSetting(deps, admin.actor, { key, body: { key, value }, call: TEST_CALL })
  expect(await Promise.all(values.map(change))).toEqual(Array(8).fill({ state: 'changed' }))
  const versions = await client.versionsOf(key)
  expect(versions.map((row) => row.version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  expect(versions.slice(1).map((row) => row.old_value)).toEqual(
    versions.slice(0, -1).map((row) => row.new_value),
  )
})

test('an admin whose sign-in is older than 15 minutes proves himself first, and nothing changes before (A-11)', async () => {
  const other = await app.given.admin()
  app.clock.advance(16 * MINUTE_MS)
  const before = await client.traces()
  const { status, body } = await client.put(other, 'user_generation_price', '2')
  expect([status, body.code]).toEqual([401, 'reauth_required'])
  expect(await client.traces()).toEqual(before)
  app.clock.advance(-16 * MINUTE_MS)
})

test('an admin who was demoted between the check of his session and the change changes nothing (Z-05)', async () => {
  const other = await app.given.admin()
  await app.db.updateTable('identity.users').set({ role: 'user' }).where('id', '=', other.user_id).execute()
  const before = await client.traces()
  const key = 'user_generation_price'
  const change = changeSetting(app.settings, other.actor, { key, body: { key, value: '9' }, call: TEST_CALL })
  await expect(change).rejects.toMatchObject({ status: 401, code: 'role_changed' })
  expect(await client.traces()).toEqual(before)
})

test('nobody changes the history: neither the application nor, while the triggers are on, the owner', async () => {
  const statements = [
    `update settings.setting_versions set new_value = '0'`,
    'delete from settings.setting_versions',
    'truncate settings.setting_versions',
  ]
  for (const [url, refusal] of [
    [app.config.database.url, { code: '42501' }],
    [app.owner_url, { message: 'settings.setting_versions is append-only' }],
  ] as const) {
    const connection = new pg.Client({ connectionString: url })
    await connection.connect()
    try {
      for (const statement of statements)
        await expect(connection.query(statement), statement).rejects.toMatchObject(refusal)
    } finally {
      await connection.end()
    }
  }
})

test('the history comes in pages that neither repeat nor leave out a version', async () => {
  const page = async (query: string) => {
    const { body } = await client.send('GET', `/admin/settings/user_free_try_ons/history${query}`, admin)
    return body as { items: { version: number }[]; total: number; page: number }
  }
  const pages = await Promise.all([0, 4, 8].map((skip) => page(`?limit=4&skip=${skip}`)))
  expect(pages.flatMap(({ items }) => items.map(({ version }) => version))).toEqual([
    11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
  ])
  expect(pages.map((one) => [one.total, one.page])).toEqual([
    [10, 1],
    [10, 2],
    [10, 3],
  ])
})
