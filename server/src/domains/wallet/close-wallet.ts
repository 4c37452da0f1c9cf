import type { Tx } from '#infra/db.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Cents } from '#kernel/money.ts'
import { type Owner, walletCode } from './model.ts'
import { postTransaction } from './post-transaction.ts'
import { closeAccount, deleteFreeCredits, lockBalance } from './queries.ts'

/**
 * Holds the wallet until the caller's transaction ends and takes the free credits away: from here on nothing new can be
 * paid from it. Call it before `closeWallet`, and end what still runs in between.
 */
export async function freezeWallet(tx: Tx, owner: Owner): Promise<void> {
  await lockBalance(tx, walletCode(owner))
  if (owner.user_id !== undefined) await deleteFreeCredits(tx, owner.user_id)
}

export type CloseWallet = {
  owner: Owner
  /** Whether what is left may be given up to the platform. */
  forfeit: boolean
  /** For the books; without names. */
  extra_data: JsonObject
  now: Date
}

/**
 * Closes a wallet for ever. What is left is given up by an `ADJUSTMENT` when `forfeit` allows it (contract 4.11);
 * otherwise, and for a balance below zero, nothing is written and `left_cents` says what stands in the way.
 */
export async function closeWallet(
  tx: Tx,
  { owner, forfeit, extra_data, now }: CloseWallet,
): Promise<{ is_closed: true; forfeited_cents: Cents } | { is_closed: false; left_cents: Cents }> {
  const code = walletCode(owner)
  const wallet = await lockBalance(tx, code)
  const left_cents = wallet?.balance_cents ?? 0
  if (wallet && wallet.held_cents !== 0) throw new Error('a wallet with money set aside cannot be closed')
  if (left_cents < 0 || (left_cents > 0 && !forfeit)) return { is_closed: false, left_cents }
  if (left_cents > 0) {
    const posted = await postTransaction(tx, {
      owner,
      type: 'ADJUSTMENT',
      amount_cents: -left_cents,
      counterpart: 'platform:adjustments',
      extra_data: { ...extra_data, reason: GIVEN_UP },
      description: GIVEN_UP,
      payment_method: null,
      now,
    })
    if (!posted) throw new Error('a locked wallet could not be emptied')
  }
  // A credit that came back from work that was ended goes with the wallet.
  if (owner.user_id !== undefined) await deleteFreeCredits(tx, owner.user_id)
  await closeAccount(tx, code, now)
  return { is_closed: true, forfeited_cents: left_cents }
}

const GIVEN_UP = 'Balance given up when the account was deleted'
