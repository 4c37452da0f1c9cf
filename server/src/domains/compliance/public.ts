/** Copies that were made for an account go with it. */
export { eraseExports } from './delete-archives.ts'
/** Job `compliance.erase_profile`. */
export { type EraseDeps, eraseProfile } from './erase-profile.ts'
export { eraseProfileJob, makeExportJob, sweepJob } from './jobs.ts'
/** Job `compliance.make_export`. */
export { type ExportDeps, makeExport } from './make-export.ts'
export type { LeftBehind, Person } from './model.ts'
/** What the composition hands to this slice of every other one. */
export type { CopiedFile, PersonalData } from './personal-data.ts'
/** In the transaction that ends a profile. */
export { requestErasure } from './request-erasure.ts'
/** Job `compliance.sweep`, every ten minutes. */
export { type SweepDeps, sweep } from './sweep.ts'
