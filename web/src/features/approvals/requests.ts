import { answer, api } from '../../api/client.ts'

export async function approveChange(approval_id: number): Promise<void> {
  const params = { path: { approval_id } }
  await answer(api.POST('/api/v1/admin/approvals/{approval_id}/approve', { params }))
}

export async function rejectChange(approval_id: number, reason: string): Promise<void> {
  const params = { path: { approval_id } }
  await answer(api.POST('/api/v1/admin/approvals/{approval_id}/reject', { params, body: { reason } }))
}

export async function withdrawChange(approval_id: number): Promise<void> {
  const params = { path: { approval_id } }
  await answer(api.POST('/api/v1/admin/approvals/{approval_id}/withdraw', { params }))
}
