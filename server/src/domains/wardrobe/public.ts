/** Keeps try-ons that were asked for with `save_to_wardrobe`. */
export { keepWantedTryOn } from './keep-generation.ts'
/** Erased with its user; and the copy of his data. */
export { eraseWardrobe, exportWardrobe } from './personal-data.ts'
/** Which generations are kept. */
export { countItemsOf, itemsOfGenerations } from './queries.ts'
