/** Puts a change before the other admins, in the caller's transaction. */
export { askApproval } from './ask-approval.ts'
export type { ApprovalKind, ApprovalsDeps, StaffGuard } from './deps.ts'
/** What waits too long is over. */
export { expireApprovals } from './expire-approvals.ts'
export { expireApprovalsJob } from './jobs.ts'
export type { Agreement } from './model.ts'
/** Waiting requests of a kind, by what they would change. */
export { listWaitingSubjects } from './queries.ts'
