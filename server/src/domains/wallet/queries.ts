import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import { asSystem } from '#infra/wall.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Cents } from '#kernel/money.ts'
import type { Page } from '#kernel/page.ts'
import type { Counterpart, CreditKind, Owner, TransactionType } from './model.ts'

export function insertWallet(
  tx: Tx,
  wallet: { code: string; user_id: number | null; shop_id: number | null; currency: string },
) {
  return tx
    .insertInto('wallet.accounts')
    .values(wallet)
    .onConflict((oc) => oc.column('code').doNothing())
    .execute()
}

export function insertFreeCredits(
  tx: Tx,
  credits: { user_id: UserId; generations_left: number; try_ons_left: number },
) {
  return tx
    .insertInto('wallet.free_credits')
    .values(credits)
    .onConflict((oc) => oc.column('user_id').doNothing())
    .execute()
}

/** One credit less, in one statement; undefined when none is left. */
export function takeFreeCredit(tx: Tx, user_id: UserId, kind: CreditKind) {
  const column = creditColumn(kind)
  return tx
    .updateTable('wallet.free_credits')
    .set((eb) => ({ [column]: eb(column, '-', 1), updated_at: sql`now()` }))
    .where('user_id', '=', user_id)
    .where(column, '>', 0)
    .returning(`${column} as left` as const)
    .executeTakeFirst()
}

export function returnFreeCredit(tx: Tx, user_id: UserId, kind: CreditKind) {
  const column = creditColumn(kind)
  return tx
    .updateTable('wallet.free_credits')
    .set((eb) => ({ [column]: eb(column, '+', 1), updated_at: sql`now()` }))
    .where('user_id', '=', user_id)
    .execute()
}

function creditColumn(kind: CreditKind): 'generations_left' | 'try_ons_left' {
  return kind === 'generation' ? 'generations_left' : 'try_ons_left'
}

/** Sets money aside; undefined when balance minus what is held does not cover it. */
export function holdBalance(tx: Tx, user_id: UserId, cents: Cents) {
  return tx
    .updateTable('wallet.accounts')
    .set((eb) => ({ held_cents: eb('held_cents', '+', cents) }))
    .where('user_id', '=', user_id)
    .where('closed_at', 'is', null)
    .where((eb) => eb(eb('balance_cents', '-', eb.ref('held_cents')), '>=', cents))
    .returning(['id', 'balance_cents', 'held_cents'])
    .executeTakeFirst()
}

export function insertHold(
  tx: Tx,
  hold: { account_id: number; amount_cents: Cents; reason: string; expires_at: Date },
) {
  return tx.insertInto('wallet.balance_holds').values(hold).returning('id').executeTakeFirstOrThrow()
}

/** Leaves `held` exactly once; undefined when it already has. */
export function settleHold(tx: Tx, hold_id: number, status: 'captured' | 'released') {
  return tx
    .updateTable('wallet.balance_holds')
    .set({ status, settled_at: sql`now()` })
    .where('id', '=', hold_id)
    .where('status', '=', 'held')
    .returning(['account_id', 'amount_cents'])
    .executeTakeFirst()
}

export function releaseHeld(tx: Tx, account_id: number, cents: Cents) {
  return tx
    .updateTable('wallet.accounts')
    .set((eb) => ({ held_cents: eb('held_cents', '-', cents) }))
    .where('id', '=', account_id)
    .execute()
}

/**
 * Adds `cents` (signed) to a ledger account. With `floor_cents` the balance, less what is held, must not fall below it;
 * undefined then means that it would have, or that the wallet is closed.
 */
export function moveBalance(tx: Tx, code: string, cents: Cents, floor_cents: Cents | null) {
  return tx
    .updateTable('wallet.accounts')
    .set((eb) => ({ balance_cents: eb('balance_cents', '+', cents) }))
    .where('code', '=', code)
    .where('closed_at', 'is', null)
    .$if(floor_cents !== null, (query) =>
      query.where((eb) =>
        eb(eb(eb('balance_cents', '+', cents), '-', eb.ref('held_cents')), '>=', floor_cents ?? 0),
      ),
    )
    .returning(['id', 'balance_cents', 'currency'])
    .executeTakeFirst()
}

/** The other side of somebody's movement: an account of the platform, whose balance is nobody's to see. */
export function moveCounterpart(tx: Tx, code: Counterpart, cents: Cents) {
  return asSystem(() => moveBalance(tx, code, cents, null))
}

export type NewTransaction = {
  user_id: number | null
  shop_id: number | null
  type: TransactionType
  amount_cents: Cents
  currency: string
  status: 'PENDING' | 'COMPLETED'
  payment_method: 'paypal' | 'balance' | null
  balance_after_cents: Cents | null
  extra_data: JsonObject
  description: string
  completed_at: Date | null
}

export function insertTransaction(tx: Tx, transaction: NewTransaction) {
  return tx
    .insertInto('wallet.transactions')
    .values({ ...transaction, extra_data: JSON.stringify(transaction.extra_data) })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Both sides at once: one of them is the platform's. */
export function insertEntries(
  tx: Tx,
  entries: { transaction_id: number; account_id: number; amount_cents: Cents; balance_after_cents: Cents }[],
) {
  return asSystem(() => tx.insertInto('wallet.ledger_entries').values(entries).execute())
}

export function findFunds(db: Reader, user_id: UserId) {
  return db
    .selectFrom('wallet.v_user_funds')
    .selectAll()
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
}

export function findBalance(db: Reader, code: string) {
  return db
    .selectFrom('wallet.accounts')
    .select(['balance_cents', 'held_cents'])
    .where('code', '=', code)
    .executeTakeFirst()
}

/** Holds the wallet's row until the transaction ends. */
export function lockBalance(tx: Tx, code: string) {
  return tx
    .selectFrom('wallet.accounts')
    .select(['balance_cents', 'held_cents', 'closed_at'])
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
}

export function closeAccount(tx: Tx, code: string, now: Date) {
  return tx.updateTable('wallet.accounts').set({ closed_at: now }).where('code', '=', code).execute()
}

export function deleteFreeCredits(tx: Tx, user_id: UserId) {
  return tx.deleteFrom('wallet.free_credits').where('user_id', '=', user_id).execute()
}

/** Newest first, with a total order (contract 0.6). */
export function listTransactions(db: Reader, owner: Owner, page: Page) {
  return db
    .selectFrom('wallet.transactions')
    .selectAll()
    .where((eb) =>
      owner.user_id === undefined ? eb('shop_id', '=', owner.shop_id) : eb('user_id', '=', owner.user_id),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(page.skip)
    .limit(page.limit)
    .execute()
}
