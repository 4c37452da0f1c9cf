import { type Db, inTransaction, type Tx } from '#infra/db.ts'
import { asSystem } from '#infra/wall.ts'

/**
 * The transaction that ends a profile. It runs as the system: it deletes what proves who somebody is, which an admin does
 * not see, hangs a profile on an account that nobody is, and asks and empties other slices. Whose profile it is was
 * decided before.
 */
export function endingOfProfile<T>(deps: { db: Db }, work: (tx: Tx) => Promise<T>): Promise<T> {
  return asSystem(() => inTransaction(deps.db, work))
}
