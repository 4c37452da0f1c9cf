import { ApiProblem } from '../../../api/problem.ts'
import { useProblemText } from '../../../api/problems.ts'
import { passkeyFault } from './passkey-browser.ts'
import { useSecurityTexts } from './texts.ts'

/** What went wrong, in words: with the browser's keys, with a password asked for again, or as everywhere. */
export function useFaultText(): (error: unknown) => string {
  const texts = useSecurityTexts()
  const problemText = useProblemText()
  return (error) => {
    const fault = passkeyFault(error)
    if (fault !== null) {
      const words = {
        cancelled: texts.passkey_cancelled,
        known: texts.passkey_known,
        unable: texts.passkey_unable,
        wrong_site: texts.passkey_wrong_site,
      }
      return words[fault]
    }
    // The general sentence speaks of an address as well, which nobody has typed here.
    const is_password = error instanceof ApiProblem && error.code === 'invalid_credentials'
    return is_password ? texts.wrong_password : problemText(error)
  }
}
