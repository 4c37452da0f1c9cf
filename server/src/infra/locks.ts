/** Keys of Postgres advisory locks. One registry; a key is never used for something else later. */
export const LOCKS = {
  migrate: 7_301_001,
  /** Serialises appends to the audit chain. */
  audit_chain: 7_301_003,
} as const

/** Classes of two-part locks: (class, row id), for limits that a single row cannot guard. */
export const LOCK_CLASSES = {
  wardrobe_of_user: 7_302,
  /** One copy of a person's data a day, however often it is asked for at once. */
  export_of_account: 7_303,
} as const
