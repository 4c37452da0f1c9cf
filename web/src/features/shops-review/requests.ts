import { answer, api } from '../../api/client.ts'

export async function approveShop(shop_id: number): Promise<void> {
  await answer(api.POST('/api/v1/admin/shops/{shop_id}/approve', { params: { path: { shop_id } }, body: {} }))
}

export async function rejectShop(shop_id: number, reason: string): Promise<void> {
  await answer(
    api.POST('/api/v1/admin/shops/{shop_id}/reject', { params: { path: { shop_id } }, body: { reason } }),
  )
}
