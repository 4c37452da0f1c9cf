import type { TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import type { SettingKey } from './model.ts'

export type Answer = { status: number; body: Record<string, unknown> }

/** Calls of an admin's page, as `ru`. */
export function settingsClient(app: TestApp) {
  async function send(
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    by: { auth: Record<string, string> },
    payload?: object,
  ): Promise<Answer> {
    const response = await app.http.inject({
      method,
      url: `/api/v1${path}`,
      headers: by.auth,
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: response.statusCode, body: response.json() }
  }
  return {
    send,
    put: (by: GivenUser, key: SettingKey, value: string, more: object = {}) =>
      send('PUT', `/admin/settings/${key}`, by, { key, value, ...more }),
    valueOf: (key: SettingKey) =>
      app.db
        .selectFrom('settings.platform_settings')
        .select(['value', 'version', 'description'])
        .where('key', '=', key)
        .executeTakeFirstOrThrow(),
    versionsOf: (key: SettingKey) =>
      app.db
        .selectFrom('settings.setting_versions')
        .select(['version', 'old_value', 'new_value', 'changed_by', 'approved_by'])
        .where('key', '=', key)
        .orderBy('version')
        .execute(),
    auditOf: (action: string) =>
      app.db
        .selectFrom('audit.logs')
        .select(['user_id', 'entity_type', 'entity_id', 'old_values', 'new_values'])
        .where('action', '=', action)
        .orderBy('id')
        .execute(),
    eventsOf: (name: string) =>
      app.db
        .selectFrom('infra.outbox_events')
        .select(['payload', 'deliveries'])
        .where('name', '=', name)
        .orderBy('id')
        .execute(),
    /** Everything that a change of settings may leave behind. */
    async traces() {
      const tables = [
        'settings.setting_versions',
        'approvals.approvals',
        'audit.logs',
        'infra.outbox_events',
      ] as const
      const counts: Record<string, number> = {}
      for (const table of tables) {
        const { count } = await app.db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        counts[table] = count
      }
      const settings = await app.db
        .selectFrom('settings.platform_settings')
        .selectAll()
        .orderBy('key')
        .execute()
      return { counts, settings }
    },
  }
}
