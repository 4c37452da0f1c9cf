import { type Language, useLanguage } from './language.ts'

/** Words of one feature, in every language. Russian is the model: the others must have exactly its keys. */
export type Dictionary<Texts> = Record<Language, Texts>

/** Makes the hook through which components of one feature read their words. */
export function textsHook<Texts>(dictionary: Dictionary<Texts>): () => Texts {
  return function useTexts() {
    return dictionary[useLanguage()]
  }
}
