/** Decisions, for bulk actions and the demo seed. */
export { approveProduct } from './approve-product.ts'
/** What the catalogue runs in its own transactions; wired by the composition. */
export { productHooks } from './product-hooks.ts'
export { rejectProduct } from './reject-product.ts'
