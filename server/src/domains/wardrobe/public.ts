/** Keeps try-ons that were asked for with `save_to_wardrobe`. */
export { keepWantedTryOn } from './keep-generation.ts'
/** Which generations are kept. */
export { countItemsOf, itemsOfGenerations } from './queries.ts'
