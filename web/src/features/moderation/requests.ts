import { answer, api } from '../../api/client.ts'

/** @throws ApiProblem `shop_insufficient_balance` (409) with the two figures, `invalid_state` (409) when decided before */
export async function approveCard(product_id: number): Promise<void> {
  await answer(
    api.POST('/api/v1/admin/moderation/{product_id}/approve', { params: { path: { product_id } }, body: {} }),
  )
}

export async function rejectCard(product_id: number, notes: string): Promise<void> {
  await answer(
    api.POST('/api/v1/admin/moderation/{product_id}/reject', {
      params: { path: { product_id } },
      body: { notes },
    }),
  )
}
