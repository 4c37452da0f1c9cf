import { useMutation } from '@tanstack/react-query'
import { myShopKey } from '../../api/me.ts'
import { ApiProblem } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import { changeShop, type ShopChanges } from './requests.ts'

/** Writes the profile; the answer is what every page shows from then on. */
export function useChangeShop() {
  const change = useMutation({
    mutationFn: (changes: ShopChanges) => changeShop(changes),
    onSuccess: (shop) => queryClient.setQueryData(myShopKey, shop),
  })
  const isBlocked = change.error instanceof ApiProblem && change.error.code === 'shop_blocked'
  return { change, isBlocked }
}
