export type { RenderDeps, StudioDeps, StudioMedia } from './deps.ts'
export { createEmbeddedProvider } from './embedded-provider.ts'
export { failOverdue } from './end-generation.ts'
export type { ImageProvider } from './image-provider.ts'
export { failOverdueJob, renderGenerationJob } from './jobs.ts'
/** The cut of a picture that we drew ourselves. */
export { keepExactCut } from './keep-exact-cut.ts'
/** The end of a user: what runs is stopped, what he made is erased; and the copy of his data. */
export { eraseGenerations, exportGenerations, stopGenerations } from './personal-data.ts'
export { findGeneration } from './queries.ts'
export { renderGeneration } from './render-generation.ts'
/** People to try clothes on without a photo of one's own. */
export { addSamplePerson, isSamplePerson } from './sample-people.ts'
