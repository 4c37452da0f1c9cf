import { answer, api } from '../../api/client.ts'

export async function approveShop(shop_id: number): Promise<void> {
  await answer(api.POST('/api/v1/admin/shops/{shop_id}/approve', { params: { path: { shop_id } }, body: {} }))
}

export async function rejectShop(shop_id: number, reason: string): Promise<void> {
  await answer(
    api.POST('/api/v1/admin/shops/{shop_id}/reject', { params: { path: { shop_id } }, body: { reason } }),
  )
}

export type ShopAction = 'approve' | 'block'
export type Decided = { success: number[]; failed: { shop_id: number; error: string }[] }

/** Each shop by the rule for one; some may be refused while others are done. Approving lifts a block. */
export function decideOnShops(shop_ids: number[], action: ShopAction, reason?: string): Promise<Decided> {
  return answer(
    api.POST('/api/v1/admin/shops/bulk-action', {
      body: { shop_ids, action, ...(reason !== undefined && { reason }) },
    }),
  )
}
