import { readSetting } from '#domains/settings/public.ts'
import type { Tx } from '#infra/db.ts'
import type { ShopId, UserId } from '#kernel/id.ts'
import { walletCode } from './model.ts'
import { insertFreeCredits, insertWallet } from './queries.ts'

/** A new user's wallet and free credits (none when he had his), in the transaction that makes the user. */
export async function openUserWallet(
  tx: Tx,
  user_id: UserId,
  currency: string,
  { with_credits }: { with_credits: boolean },
): Promise<void> {
  await insertWallet(tx, { code: walletCode({ user_id }), user_id, shop_id: null, currency })
  const generations_left = with_credits ? await readSetting(tx, 'user_free_generations') : 0
  const try_ons_left = with_credits ? await readSetting(tx, 'user_free_try_ons') : 0
  await insertFreeCredits(tx, { user_id, generations_left, try_ons_left })
}

/** A new shop's wallet, in the transaction that makes the shop. */
export async function openShopWallet(tx: Tx, shop_id: ShopId, currency: string): Promise<void> {
  await insertWallet(tx, { code: walletCode({ shop_id }), user_id: null, shop_id, currency })
}

/** The platform's own ledger accounts, created at migration. */
export async function ensurePlatformAccounts(tx: Tx, currency: string): Promise<void> {
  for (const code of ['platform:revenue', 'platform:adjustments', 'provider:paypal']) {
    await insertWallet(tx, { code, user_id: null, shop_id: null, currency })
  }
}
