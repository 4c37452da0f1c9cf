/** An admin's correction, audited. */
export { adjustBalance } from './adjust-balance.ts'
/** The fee of a card's first approval, from the shop's wallet. */
export { type ApprovalFee, chargeApprovalFee } from './charge-approval-fee.ts'
/** Means for AI work: reserve at acceptance, capture on success, release otherwise. */
export { captureCharge, releaseCharge, reserveCharge } from './charge-generation.ts'
/** Recomputes the books. */
export { checkLedger, type LedgerReport } from './check-ledger.ts'
/** The end of a wallet: frozen, emptied, closed for ever. */
export { type CloseWallet, closeWallet, freezeWallet } from './close-wallet.ts'
export type { Charge, CreditKind, Owner } from './model.ts'
/** Wallets of new users, shops and of the platform itself. */
export { ensurePlatformAccounts, openShopWallet, openUserWallet } from './open-wallet.ts'
/** Payments that a provider has yet to confirm. */
export {
  attachPaypalOrder,
  completeTopUp,
  failTransaction,
  findByPaypalOrder,
  hasPending,
  listPending,
  markChecked,
  openTopUp,
  type PendingTransaction,
} from './pending-transaction.ts'
/** A person's transactions, for the copy of his data. */
export { exportTransactions } from './personal-data.ts'
/** One movement of money with its ledger entries and events. */
export { type Posted, type Posting, postTransaction } from './post-transaction.ts'
