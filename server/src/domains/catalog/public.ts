/** One succeeded try-on, in the transaction that settles it. */
export { countTryOn } from './count-try-on.ts'
/** Categories and cards, for the demo seed. */
export { createCategory } from './create-category.ts'
export { createProduct, type ProductHooks } from './create-product.ts'
/** To everybody: a card is not offered any more. */
export { tellProductUnlisted } from './events.ts'
/** One review with the card's cached average; who may review is the caller's question. */
export { insertReview } from './insert-review.ts'
export { type Product, rentAfterApproval } from './model.ts'
/** The only way to change a card's state from outside: compare and set along the table of `model.ts`. */
export { moveProduct } from './move-product.ts'
/** The end of a shop; and the copy of a reviewer's data. */
export { eraseCards, exportReviews, withdrawCards } from './personal-data.ts'
/** Cards that are not deleted, in whatever state; `lockProduct` holds the row until the transaction ends. */
export { findProduct, findProducts, lockProduct } from './queries/products.ts'
/** The wire form of a card, for a caller and for events. */
export { ProductResponse, productEventData, productToWire } from './schemas.ts'
/** The buffered view counter; one per process. */
export { startViewCounter } from './view-counter.ts'
