import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SettingKey } from '#domains/settings/public.ts'
import { settingsClient } from '#domains/settings/test-settings.ts'
import { actAs, viewpointOf } from '#infra/wall.ts'
import type { UserActor } from '#kernel/actor.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type GivenUser, TEST_CALL } from '#test/given.ts'
import { approveChange } from './approve-change.ts'
import { expireApprovals } from './public.ts'

let app: TestApp
let client: ReturnType<typeof settingsClient>
let asker: GivenUser
let second: GivenUser

beforeAll(async () => {
  app = await startTestApp({ env: { TWO_PERSON_RULE: 'true' } })
  client = settingsClient(app)
})
afterAll(() => app.stop())

const KEYS: SettingKey[] = ['refund_period_days', 'product_initial_rent_days', 'user_free_generations']
let used = 0
let key: SettingKey
// Every test has a setting with nothing waiting, and two admins of its own who have just signed in.
beforeEach(async () => {
  key = KEYS[used % KEYS.length] ?? 'refund_period_days'
  used += 1
  ;[asker, second] = [await app.given.admin({ name: 'Aida' }), await app.given.admin({ name: 'Berik' })]
  await finishWaiting()
})

/** Somebody else turns down what the test before left waiting. */
async function finishWaiting() {
  const { body } = await client.send('GET', '/admin/approvals?state=waiting', second)
  for (const { id } of body.items as { id: number }[])
    expect((await decide(second, id, 'reject', { reason: 'over' })).status).toBe(200)
}
const decide = (by: GivenUser, id: unknown, move: 'approve' | 'reject' | 'withdraw', payload?: object) =>
  client.send('POST', `/admin/approvals/${String(id)}/${move}`, by, payload)
const approve = (by: GivenUser, id: unknown) => decide(by, id, 'approve')
const stateOf = (id: unknown) =>
  app.db
    .selectFrom('approvals.approvals')
    .select(['state', 'asked_by', 'decided_by', 'note'])
    .where('id', '=', Number(id))
    .executeTakeFirstOrThrow()

/** The asker wants one more than there is; the setting takes it. */
async function ask(by = asker) {
  const before = await client.valueOf(key)
  const value = String(Number(before.value) + 1)
  const { status, body } = await client.put(by, key, value, { reason: 'Asked by a test' })
  expect(status).toBe(202)
  return { id: Number(body.approval_id), value, before }
}

test('what one admin asks for changes nothing, and is told to the other admins, with why and until when', async () => {
  const before = await client.traces()
  const { id, value } = await ask()
  const after = await client.traces()
  expect(after.settings).toEqual(before.settings)
  expect(after.counts['settings.setting_versions']).toBe(before.counts['settings.setting_versions'])
  const { body } = await client.send('GET', '/admin/approvals?state=waiting', second)
  const asked_at = app.clock.now()
  expect(body).toEqual({
    items: [
      {
        id,
        kind: 'settings.change',
        subject: key,
        payload: expect.objectContaining({ key, new_value: value, version: expect.any(Number) }),
        reason: 'Asked by a test',
        state: 'waiting',
        asked_by: { id: asker.user_id, name: 'Aida' },
        asked_at: asked_at.toISOString(),
        expires_at: new Date(asked_at.getTime() + 7 * DAY_MS).toISOString(),
        decided_by: null,
        decided_at: null,
        note: null,
        is_own: false,
      },
    ],
    total: 1,
    page: 1,
    page_size: 50,
    waiting_count: 1,
    two_person_rule: true,
  })
  const event = (await client.eventsOf('approvals.updated')).at(-1)
  const data = { approval_id: id, kind: 'settings.change', state: 'waiting', waiting_count: 1 }
  expect(event?.deliveries).toEqual([{ to: 'admins', data }])
  expect((await client.auditOf('approvals.asked')).at(-1)).toMatchObject({
    user_id: asker.user_id,
    entity_type: 'approval',
    entity_id: id,
    new_values: { kind: 'settings.change', subject: key, reason: 'Asked by a test' },
  })
  const { body: settings } = await client.send('GET', '/admin/settings', asker)
  expect(Object.values(settings)).toContainEqual(expect.objectContaining({ key, waiting_approval_id: id }))
})

test('who asked approves nothing: 409 own_request, it goes on waiting and nothing changes (Z-06)', async () => {
  const { id, before } = await ask()
  const traces = await client.traces()
  const own = await approve(asker, id)
  expect([own.status, own.body.code]).toEqual([409, 'own_request'])
  const rejected = await decide(asker, id, 'reject', { reason: 'Changed my mind' })
  expect([rejected.status, rejected.body.code]).toEqual([409, 'own_request'])
  expect(await client.traces()).toEqual(traces)
  expect(await client.valueOf(key)).toEqual(before)
  expect(await stateOf(id)).toMatchObject({ state: 'waiting', decided_by: null })
})

test('a second admin approves, and the change is made at once with both names on record', async () => {
  const { id, value, before } = await ask()
  const { status, body } = await approve(second, id)
  expect([status, body]).toEqual([200, { message: 'Одобрено, изменение вступило в силу' }])
  expect(await client.valueOf(key)).toEqual({ ...before, value, version: before.version + 1 })
  expect(await stateOf(id)).toMatchObject({ state: 'approved', decided_by: second.user_id })
  const { body: history } = await client.send('GET', `/admin/settings/${key}/history?limit=1`, second)
  expect(history.items).toEqual([
    expect.objectContaining({
      old_value: before.value,
      new_value: value,
      reason: 'Asked by a test',
      changed_by: { id: asker.user_id, name: 'Aida' },
      approved_by: { id: second.user_id, name: 'Berik' },
      approval_id: id,
    }),
  ])
  expect((await client.auditOf('settings.setting_changed')).at(-1)).toMatchObject({
    user_id: second.user_id,
    new_values: { key, value, asked_by: asker.user_id, approved_by: second.user_id, approval_id: id },
  })
  expect((await client.auditOf('approvals.approved')).at(-1)).toMatchObject({
    user_id: second.user_id,
    entity_id: id,
    old_values: { state: 'waiting', asked_by: asker.user_id },
  })
  expect((await client.eventsOf('settings.updated')).at(-1)?.payload).toMatchObject({ key, new_value: value })
  expect((await client.eventsOf('approvals.updated')).at(-1)?.payload).toEqual({
    approval_id: id,
    kind: 'settings.change',
    state: 'approved',
    waiting_count: 0,
  })
})

test('ten admins who approve at once carry it out once', async () => {
  const { id, value, before } = await ask()
  const admins = await Promise.all(Array.from({ length: 10 }, () => app.given.admin()))
  const changes = (await client.auditOf('settings.setting_changed')).length
  const answers = await Promise.all(admins.map((admin) => approve(admin, id)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(409)])
  for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('invalid_state')
  const winner = admins[answers.findIndex(({ status }) => status === 200)]
  expect(await client.valueOf(key)).toMatchObject({ value, version: before.version + 1 })
  expect((await client.versionsOf(key)).at(-1)).toMatchObject({ approved_by: winner?.user_id })
  expect((await client.auditOf('settings.setting_changed')).length).toBe(changes + 1)
})

test('the decision alone lets only the first one through, without the lock on the admins', async () => {
  const { id, value, before } = await ask()
  const admins = await Promise.all(Array.from({ length: 8 }, () => app.given.admin()))
  const ids = [asker, ...admins].map((admin) => admin.user_id)
  const deps = { ...app.approvals, lockAdminsAs: async () => ids }
  const answers = await Promise.allSettled(
    admins.map((admin) => approveChange(deps, admin.actor, { approval_id: id, call: TEST_CALL })),
  )
  const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toEqual(Array(7).fill(expect.objectContaining({ status: 409, code: 'invalid_state' })))
  expect(await client.valueOf(key)).toMatchObject({ value, version: before.version + 1 })
})

test('of an approval, a refusal and a withdrawal at once one happens, and the setting fits it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id, value, before } = await ask()
    const third = await app.given.admin()
    const answers = await Promise.all([
      approve(second, id),
      decide(third, id, 'reject', { reason: 'No' }),
      decide(asker, id, 'withdraw'),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    const { state } = await stateOf(id)
    expect(state).toBe(
      ['approved', 'rejected', 'withdrawn'][answers.findIndex(({ status }) => status === 200)],
    )
    expect((await client.valueOf(key)).value).toBe(state === 'approved' ? value : before.value)
  }
})

test('a second admin rejects with a reason, and nothing changes', async () => {
  const { id, before } = await ask()
  for (const reason of ['', '  ', 'x'.repeat(1_001)])
    expect((await decide(second, id, 'reject', { reason })).status).toBe(422)
  expect((await decide(second, id, 'reject')).status).toBe(422)
  const { status, body } = await decide(second, id, 'reject', { reason: ' Too early ' })
  expect([status, body]).toEqual([200, { message: 'Запрос отклонён, ничего не изменилось' }])
  expect(await stateOf(id)).toMatchObject({
    state: 'rejected',
    note: 'Too early',
    decided_by: second.user_id,
  })
  expect(await client.valueOf(key)).toEqual(before)
  expect((await client.auditOf('approvals.rejected')).at(-1)).toMatchObject({
    new_values: { note: 'Too early' },
  })
  expect((await approve(second, id)).status).toBe(409)
  expect(await client.valueOf(key)).toEqual(before)
})

test('only who asked takes a request back; then it cannot be approved', async () => {
  const { id, before } = await ask()
  const foreign = await decide(second, id, 'withdraw')
  expect([foreign.status, foreign.body.code]).toEqual([403, 'not_owner'])
  expect((await stateOf(id)).state).toBe('waiting')
  expect((await decide(asker, id, 'withdraw')).status).toBe(200)
  const late = await approve(second, id)
  expect([late.status, late.body.code, late.body.state]).toEqual([409, 'invalid_state', 'withdrawn'])
  expect(await client.valueOf(key)).toEqual(before)
})

test('while one change of a setting waits there is no second one', async () => {
  const { id } = await ask()
  const before = await client.traces()
  const { status, body } = await client.put(second, key, '9')
  expect([status, body.code, body.approval_id]).toEqual([409, 'already_exists', id])
  expect(await client.traces()).toEqual(before)
  const others = await Promise.all([
    client.put(asker, 'user_free_try_ons', '6'),
    client.put(second, 'user_free_try_ons', '7'),
  ])
  expect(others.map((answer) => answer.status).toSorted()).toEqual([202, 409])
})

test.each([
  [
    'demoted',
    (user: GivenUser) =>
      app.db.updateTable('identity.users').set({ role: 'user' }).where('id', '=', user.user_id),
  ],
  [
    'blocked',
    (user: GivenUser) =>
      app.db
        .updateTable('identity.accounts')
        .set({ blocked_at: app.clock.now() })
        .where('id', '=', user.account_id),
  ],
])('what a since %s admin asked for is not approved, only rejected', async (_what, change) => {
  const { id, before } = await ask()
  await change(asker).execute()
  const traces = await client.traces()
  const { status, body } = await approve(second, id)
  expect([status, body.code]).toEqual([409, 'invalid_state'])
  expect(await client.traces()).toEqual(traces)
  expect(await client.valueOf(key)).toEqual(before)
  expect((await decide(second, id, 'reject', { reason: 'Left' })).status).toBe(200)
})

test('an admin who was demoted after his session was checked approves nothing', async () => {
  const { id, before } = await ask()
  await app.db.updateTable('identity.users').set({ role: 'user' }).where('id', '=', second.user_id).execute()
  const late = approveChange(app.approvals, second.actor, { approval_id: id, call: TEST_CALL })
  await expect(late).rejects.toMatchObject({ status: 401, code: 'role_changed' })
  expect(await client.valueOf(key)).toEqual(before)
  expect((await stateOf(id)).state).toBe('waiting')
  second = await app.given.admin()
})

test('approving needs a recent sign-in, stopping does not', async () => {
  const [first, other] = [await ask(), second]
  app.clock.advance(16 * MINUTE_MS)
  const refused = await approve(other, first.id)
  expect([refused.status, refused.body.code]).toEqual([401, 'reauth_required'])
  expect(await client.valueOf(key)).toEqual(first.before)
  expect((await decide(other, first.id, 'reject', { reason: 'No' })).status).toBe(200)
  app.clock.advance(-16 * MINUTE_MS)
})

test('after seven days a request is over, also before the job has come round, and a new one may be made', async () => {
  const { id, before } = await ask()
  app.clock.advance(7 * DAY_MS - SECOND_MS)
  const late = await app.given.admin()
  expect((await client.send('GET', '/admin/approvals?state=waiting', late)).body.total).toBe(1)
  app.clock.advance(SECOND_MS)
  const { status, body } = await approve(late, id)
  expect([status, body.code, body.state]).toEqual([409, 'invalid_state', 'expired'])
  expect(await client.valueOf(key)).toEqual(before)
  const { body: expired } = await client.send('GET', '/admin/approvals?state=expired', late)
  expect(expired).toMatchObject({ waiting_count: 0, items: [{ id, state: 'expired', decided_by: null }] })

  asker = await app.given.admin()
  const next = await ask(asker)
  expect((await stateOf(id)).state).toBe('expired')
  expect((await stateOf(next.id)).state).toBe('waiting')
  second = late
})

test('the job ends what is overdue, once, and says so on record', async () => {
  const { id } = await ask()
  expect(await expireApprovals(app.approvals)).toBe(0)
  app.clock.advance(7 * DAY_MS)
  const counts = await Promise.all([1, 2, 3].map(() => expireApprovals(app.approvals)))
  expect(counts.toSorted()).toEqual([0, 0, 1])
  expect(await stateOf(id)).toMatchObject({ state: 'expired', decided_by: null })
  expect((await client.auditOf('approvals.expired')).filter((row) => row.entity_id === id)).toEqual([
    expect.objectContaining({ user_id: null, old_values: { state: 'waiting' } }),
  ])
  ;[asker, second] = [await app.given.admin(), await app.given.admin()]
})

test('a request made against what the setting is no longer is refused with what it is now', async () => {
  const { id } = await ask()
  // The same installation while the rule was off: how a setting changes past a waiting request.
  const alone = await startTestApp({ beside: app, env: { TWO_PERSON_RULE: 'false' } })
  try {
    expect((await settingsClient(alone).put(second, key, '12')).status).toBe(200)
  } finally {
    await alone.stop()
  }
  const present = await client.valueOf(key)
  const traces = await client.traces()
  const { status, body } = await approve(second, id)
  expect([status, body]).toMatchObject([
    409,
    { code: 'invalid_state', current_value: '12', current_version: present.version },
  ])
  expect(await client.traces()).toEqual(traces)
  expect((await stateOf(id)).state).toBe('waiting')
})

test('a value that the platform takes no longer is not carried out', async () => {
  const { version } = await client.valueOf(key)
  const payload = { key, new_value: '99999', new_description: null, version }
  const { id } = await app.db
    .insertInto('approvals.approvals')
    .values({
      kind: 'settings.change',
      subject: key,
      payload: JSON.stringify(payload),
      asked_by: asker.user_id,
      asked_at: app.clock.now(),
      expires_at: new Date(app.clock.now().getTime() + DAY_MS),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const traces = await client.traces()
  expect((await approve(second, id)).status).toBe(409)
  expect(await client.traces()).toEqual(traces)
})

test('a connection that dies after the change and before the end leaves neither change nor decision', async () => {
  const { id, value, before } = await ask()
  const traces = await client.traces()
  const kinds = app.approvals.kinds.map((known) => ({
    ...known,
    carryOut: async (...[tx, payload, agreement]: Parameters<typeof known.carryOut>) => {
      await known.carryOut(tx, payload, agreement)
      const seen = await tx
        .selectFrom('settings.platform_settings')
        .select('value')
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      expect(seen.value).toBe(value)
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    },
  }))
  const killed = approveChange({ ...app.approvals, kinds }, second.actor, {
    approval_id: id,
    call: TEST_CALL,
  })
  await expect(killed).rejects.toThrow(/terminat/)
  expect(await client.traces()).toEqual(traces)
  expect(await client.valueOf(key)).toEqual(before)
  expect((await approve(second, id)).status).toBe(200)
  expect((await client.valueOf(key)).value).toBe(value)
})

test('the database itself knows of two persons, and lets nobody rewrite or remove a request', async () => {
  const { id } = await ask()
  const row = () => app.db.updateTable('approvals.approvals').where('id', '=', id)
  const decided_at = app.clock.now()
  for (const state of ['approved', 'rejected'] as const)
    await expect(row().set({ state, decided_at, decided_by: asker.user_id }).execute()).rejects.toThrow(
      'approvals_two_persons',
    )
  await expect(
    row().set({ state: 'withdrawn', decided_at, decided_by: second.user_id }).execute(),
  ).rejects.toThrow('approvals_two_persons')
  await expect(row().set({ asked_by: second.user_id }).execute()).rejects.toThrow('never changed')
  await expect(row().set({ payload: '{}' }).execute()).rejects.toThrow('never changed')
  const removal = app.db.deleteFrom('approvals.approvals').where('id', '=', id).execute()
  await expect(removal).rejects.toMatchObject({ code: '42501' })
  expect((await approve(second, id)).status).toBe(200)
  await expect(row().set({ state: 'waiting', decided_at: null, decided_by: null }).execute()).rejects.toThrow(
    'decided once',
  )
})

test('the second wall: only the staff sees requests, and nobody asks or decides in the name of another (Z-04)', async () => {
  const { id } = await ask()
  const user = await app.given.user()
  const seen = (actor: UserActor) =>
    actAs(viewpointOf(actor), () => app.db.selectFrom('approvals.approvals').select('id').execute())
  expect(await seen(user.actor)).toEqual([])
  expect((await seen(second.actor)).map((row) => row.id)).toContain(id)
  const decided = { state: 'approved', decided_at: app.clock.now(), decided_by: second.user_id }
  const forged = () => app.db.updateTable('approvals.approvals').set(decided).where('id', '=', id).execute()
  await expect(actAs(viewpointOf(asker.actor), forged)).rejects.toMatchObject({ code: '42501' })
  const asked = { kind: 'x', payload: '{}', asked_by: second.user_id, asked_at: app.clock.now() }
  const expires_at = new Date(app.clock.now().getTime() + DAY_MS)
  const planted = () =>
    app.db
      .insertInto('approvals.approvals')
      .values({ ...asked, expires_at })
      .execute()
  await expect(actAs(viewpointOf(asker.actor), planted)).rejects.toMatchObject({ code: '42501' })
  expect((await stateOf(id)).state).toBe('waiting')
})

test('an unknown request: 404; filters and pages hold together, newest first', async () => {
  expect((await approve(second, 999_999)).status).toBe(404)
  const { id } = await ask()
  const list = async (query: string) => {
    const { status, body } = await client.send('GET', `/admin/approvals${query}`, asker)
    return { status, total: Number(body.total), items: body.items as { id: number; is_own: boolean }[] }
  }
  const all = await list('?limit=100')
  expect(all.items.map((item) => item.id)).toEqual(all.items.map((item) => item.id).toSorted((a, b) => b - a))
  expect(all.items[0]).toMatchObject({ id, is_own: true })
  const parts = await Promise.all([0, 5].map((skip) => list(`?limit=5&skip=${skip}`)))
  expect(parts.flatMap(({ items }) => items)).toEqual(all.items.slice(0, 10))
  expect((await list('?state=waiting&kind=settings.change')).items.map((item) => item.id)).toEqual([id])
  expect((await list('?kind=wallet.payout')).total).toBe(0)
  expect((await list('?state=open')).status).toBe(422)
})
