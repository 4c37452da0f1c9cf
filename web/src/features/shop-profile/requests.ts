import { answer, api } from '../../api/client.ts'
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
