import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Agreement, ApprovalKind } from '#domains/approvals/public.ts'
import type { Tx } from '#infra/db.ts'
import { nullable } from '#infra/schemas.ts'
import { applyChange } from './apply-change.ts'
import { canonicalSetting, isSettingKey } from './model.ts'
import { changedMeanwhile, noLongerFits } from './problems.ts'
import { lockSetting } from './queries.ts'

export const KIND = 'settings.change'

const Payload = Type.Object({
  key: Type.String(),
  new_value: Type.String(),
  new_description: nullable(Type.String()),
  version: Type.Integer(),
})

/** What a second admin's approval of a change of settings does. */
export const settingChange: ApprovalKind = { kind: KIND, carryOut: carryOutChange }

/** @throws invalid_state (409) when the setting has changed since it was asked for, or takes no such value now */
async function carryOutChange(tx: Tx, payload: unknown, agreement: Agreement): Promise<void> {
  if (!Value.Check(Payload, payload) || !isSettingKey(payload.key))
    throw new Error('an approval holds a change of settings that is none')
  const { key, new_value: value, new_description: description, version } = payload
  const present = await lockSetting(tx, key)
  if (present.version !== version) throw changedMeanwhile(present)
  if (canonicalSetting(key, value) !== value) throw noLongerFits(key)
  const { approval_id, asked_by, approver, reason, call, now } = agreement
  await applyChange(tx, {
    key,
    present,
    actor: approver,
    call,
    next: {
      value,
      description,
      reason,
      changed_by: asked_by,
      approved_by: approver.user_id,
      approval_id,
      changed_at: now,
    },
  })
}
