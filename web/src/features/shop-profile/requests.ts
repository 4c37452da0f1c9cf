import { answer, api, type Idempotency } from '../../api/client.ts'
import type { Shop } from '../../api/types.ts'

export type ShopChanges = Partial<
  Pick<
    Shop,
    'shop_name' | 'owner_name' | 'description' | 'phone' | 'whatsapp_number' | 'address' | 'is_active'
  >
>

/** Only the given fields change. */
export async function changeShop(changes: ShopChanges): Promise<Shop> {
  return answer(api.PUT('/api/v1/shops/me', { body: changes }))
}

/** Address of the payment provider's page, on which the shop pays `amount`. */
export async function startTopUp(amount: number, headers: Idempotency): Promise<string> {
  const body = { amount, payment_type: 'top_up' }
  return (await answer(api.POST('/api/v1/payments/shop/top-up', { body, headers }))).approval_url
}
