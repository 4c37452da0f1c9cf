import { sql } from 'kysely'
import type { Db } from '#infra/db.ts'

export type LedgerReport = {
  /** Accounts whose balance is not the sum of their entries. */
  wrong_balances: { code: string; balance_cents: number; entries_cents: number }[]
  /** Transactions whose entries do not sum to zero. */
  unbalanced_transactions: number[]
  /** Accounts whose held amount is not the sum of their open holds. */
  wrong_holds: { code: string; held_cents: number; holds_cents: number }[]
}

/** Recomputes every wallet from its entries (contract 1.6, invariant 2). All three lists are empty when the books balance. */
export async function checkLedger(db: Db): Promise<LedgerReport> {
  const balances = await sql<LedgerReport['wrong_balances'][number]>`
    select a.code, a.balance_cents, coalesce(sum(e.amount_cents), 0)::bigint as entries_cents
    from wallet.accounts a
    left join wallet.ledger_entries e on e.account_id = a.id
    group by a.id
    having a.balance_cents <> coalesce(sum(e.amount_cents), 0)`.execute(db)
  const transactions = await sql<{ transaction_id: number }>`
    select transaction_id from wallet.ledger_entries group by transaction_id having sum(amount_cents) <> 0`.execute(
    db,
  )
  const holds = await sql<LedgerReport['wrong_holds'][number]>`
    select a.code, a.held_cents, coalesce(sum(h.amount_cents), 0)::bigint as holds_cents
    from wallet.accounts a
    left join wallet.balance_holds h on h.account_id = a.id and h.status = 'held'
    group by a.id
    having a.held_cents <> coalesce(sum(h.amount_cents), 0)`.execute(db)
  return {
    wrong_balances: balances.rows,
    unbalanced_transactions: transactions.rows.map((row) => row.transaction_id),
    wrong_holds: holds.rows,
  }
}
