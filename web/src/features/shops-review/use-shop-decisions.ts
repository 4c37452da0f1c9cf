import { useMutation } from '@tanstack/react-query'
import { queryClient } from '../../api/query-client.ts'
import { toast } from '../../ui/toaster.tsx'
import { shopsKey } from './queries.ts'
import { decideOnShops, type ShopAction } from './requests.ts'
import { useReviewTexts } from './texts.ts'

export type ShopDecision = { shop_ids: number[]; action: ShopAction; reason?: string }

/** Blocks or approves one shop or several; what was refused stays in `data.failed`. */
export function useShopDecisions(onDone: () => void) {
  const texts = useReviewTexts()
  return useMutation({
    mutationFn: ({ shop_ids, action, reason }: ShopDecision) => decideOnShops(shop_ids, action, reason),
    onSuccess: ({ success }) => {
      if (success.length > 0) toast(texts.decided(success.length))
      onDone()
      return queryClient.invalidateQueries({ queryKey: shopsKey })
    },
  })
}
