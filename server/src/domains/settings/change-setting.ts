import { askApproval } from '#domains/approvals/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { applyChange } from './apply-change.ts'
import { KIND } from './carry-out-change.ts'
import type { SettingsDeps } from './deps.ts'
import { canonicalSetting, isSettingKey } from './model.ts'
import { changedMeanwhile, otherKey, unfitValue } from './problems.ts'
import { lockSetting } from './queries.ts'

export type ChangeSetting = {
  /** Of the path. */
  key: string
  body: {
    key: string
    value: string
    description?: string
    reason?: string
    /** The version that the caller has seen. */
    expected_version?: number
  }
  call: CallContext
}
export type SettingOutcome = { state: 'changed' | 'unchanged' } | { state: 'waiting'; approval_id: number }

/**
 * Changes a setting, or asks a second admin to where the installation wants two. A value that it has already is no
 * change and leaves no trace.
 * @throws not_found (404); validation_failed (422); reauth_required, role_changed (401)
 * @throws invalid_state (409) when it is not the expected version any more; already_exists (409) when a change waits
 */
export async function changeSetting(
  deps: SettingsDeps,
  actor: UserActor,
  { key, body, call }: ChangeSetting,
): Promise<SettingOutcome> {
  if (!isSettingKey(key)) throw notFound()
  if (body.key !== key) throw otherKey()
  const value = canonicalSetting(key, body.value)
  if (value === null) throw unfitValue(key)
  await deps.assertRecentSignIn(actor)
  return inTransaction(deps.db, async (tx) => {
    await deps.lockAdminsAs(tx, actor)
    const present = await lockSetting(tx, key)
    if (body.expected_version !== undefined && body.expected_version !== present.version)
      throw changedMeanwhile(present)
    const description = body.description === undefined ? present.description : textOf(body.description)
    if (value === present.value && description === present.description) return { state: 'unchanged' }
    const reason = textOf(body.reason)
    if (deps.two_person_rule) {
      const payload = {
        key,
        old_value: present.value,
        new_value: value,
        old_description: present.description,
        new_description: description,
        version: present.version,
      }
      const { approval_id } = await askApproval(
        tx,
        deps,
        { actor, call },
        { kind: KIND, subject: key, payload, reason },
      )
      return { state: 'waiting', approval_id }
    }
    const changed_at = deps.clock.now()
    const alone = { changed_by: actor.user_id, approved_by: null, approval_id: null }
    const next = { value, description, reason, changed_at, ...alone }
    await applyChange(tx, { key, present, next, actor, call })
    return { state: 'changed' }
  })
}

function textOf(given: string | undefined): string | null {
  return given?.trim() || null
}
