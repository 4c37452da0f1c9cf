import { answer, api } from '../../api/client.ts'
import type { Person } from '../../api/types.ts'

/** True when the role is changed, false when it waits for a second admin. */
export async function changeRole(user_id: number, new_role: Person['role']): Promise<boolean> {
  const done = await answer(
    api.PUT('/api/v1/admin/users/{user_id}/role', { params: { path: { user_id } }, body: { new_role } }),
  )
  return !('approval_id' in done)
}

export async function blockPerson(user_id: number, reason: string): Promise<void> {
  await answer(
    api.POST('/api/v1/admin/users/{user_id}/block', { params: { path: { user_id } }, body: { reason } }),
  )
}

export async function unblockPerson(user_id: number): Promise<void> {
  await answer(api.POST('/api/v1/admin/users/{user_id}/unblock', { params: { path: { user_id } }, body: {} }))
}
