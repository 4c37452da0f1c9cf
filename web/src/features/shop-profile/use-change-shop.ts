import { useMutation } from '@tanstack/react-query'
import { myShopKey } from '../../api/me.ts'
import { queryClient } from '../../api/query-client.ts'
import { changeShop, type ShopChanges } from './requests.ts'

/** Writes the profile; the answer is what every page shows from then on. */
export function useChangeShop() {
  const change = useMutation({
    mutationFn: (changes: ShopChanges) => changeShop(changes),
    onSuccess: (shop) => queryClient.setQueryData(myShopKey, shop),
  })
  return { change }
}
