import { useEffect } from 'react'
import { useLive } from '../../api/browser-live.ts'
import { myShopKey } from '../../api/me.ts'
import { queryClient } from '../../api/query-client.ts'
import { readAgain } from '../../api/read-again.ts'
import { toast } from '../../ui/toaster.tsx'
import { transactionsKey } from './queries.ts'
import { useShopTexts } from './texts.ts'

const ABOUT_SHOP = ['shop.updated', 'shop.approved', 'shop.rejected']
const ABOUT_MONEY = ['balance.updated', 'transaction.completed', 'transaction.failed']

/** Keeps state and balance of the shop true while others change them. Shows nothing. */
export function ShopEvents() {
  const texts = useShopTexts()
  const live = useLive('shop', ({ event }) => {
    if (ABOUT_SHOP.includes(event)) void queryClient.invalidateQueries({ queryKey: myShopKey })
    if (ABOUT_MONEY.includes(event)) {
      void queryClient.invalidateQueries({ queryKey: myShopKey })
      void queryClient.invalidateQueries({ queryKey: transactionsKey })
    }
    if (event === 'shop.approved') toast(texts.event_approved)
  })
  useEffect(() => {
    if (live === 'on') readAgain(myShopKey, transactionsKey)
  }, [live])
  return null
}
