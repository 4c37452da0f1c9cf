import type { DraftFault } from './draft.ts'
import { useCardTexts } from './texts.ts'

/** What is wrong with a field, for a person. */
export function useFaultText(): (fault: DraftFault | undefined) => string | undefined {
  const texts = useCardTexts()
  return (fault) => (fault === undefined ? undefined : texts[`error_${fault}`])
}
