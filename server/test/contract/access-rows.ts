import { AUTH, FACTORS, PROFILES } from './access-accounts.ts'
import type { Row } from './access-expectations.ts'
import { CATALOGUE, MONEY, PICTURES, STAFF, SYSTEM } from './access-goods.ts'

/** One row for each operation of the API, several where it depends on the object. A new route needs its row here. */
export const MATRIX: Row[] = [
  ...AUTH,
  ...FACTORS,
  ...PROFILES,
  ...CATALOGUE,
  ...MONEY,
  ...PICTURES,
  ...STAFF,
  ...SYSTEM,
]
