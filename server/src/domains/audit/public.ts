/** A user's own doings, for the copy of his data. */
export { exportOwnTrail } from './own-trail.ts'
/** Appends a row to the audit trail in the caller's transaction. */
export { type AuditEntry, record } from './record.ts'
/** Recomputes the hash chain of the whole trail. */
export { type ChainReport, verifyChain } from './verify-chain.ts'
