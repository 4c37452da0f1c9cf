/** Keys of Postgres advisory locks. One registry; a key is never used for something else later. */
export const LOCKS = {
  migrate: 7_301_001,
  seed_demo: 7_301_002,
  /** Serialises appends to the audit chain. */
  audit_chain: 7_301_003,
} as const
