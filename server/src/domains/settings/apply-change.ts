import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { SETTINGS, type SettingKey } from './model.ts'
import { type NewVersion, type PresentSetting, writeVersion } from './queries.ts'

type Change = {
  key: SettingKey
  present: PresentSetting
  next: NewVersion
  actor: UserActor
  call: CallContext
}

/** The new value with all that belongs to it: history, audit, event. `actor` is whose call makes it happen. */
export async function applyChange(tx: Tx, { key, present, next, actor, call }: Change): Promise<void> {
  await writeVersion(tx, present, next)
  const { value, description, reason, changed_by, approved_by, approval_id } = next
  const seen = { key, old_value: present.value, new_value: value, description }
  const everybody = ['users', 'shops'].map((to) => ({ to, data: seen }))
  await emit(tx, {
    name: 'settings.updated',
    payload: seen,
    deliveries: [
      { to: 'admins', data: { ...seen, updated_by: changed_by } },
      ...(SETTINGS[key].public ? everybody : []),
    ],
  })
  await record(tx, {
    actor,
    call,
    action: 'settings.setting_changed',
    entity_type: 'setting',
    entity_id: present.id,
    old_values: { key, value: present.value, description: present.description, version: present.version },
    new_values: {
      key,
      value,
      description,
      version: present.version + 1,
      reason,
      ...(approval_id === null ? {} : { asked_by: changed_by, approved_by, approval_id }),
    },
  })
}
