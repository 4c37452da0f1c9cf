/**
 * Proving oneself again before a sensitive change. The server refuses such a change with `reauth_required` when the
 * last proof is too old; whoever shows the question registers here, and the request is repeated once it was answered.
 */
type Ask = () => Promise<boolean>

let registered: Ask | null = null
let asking: Promise<boolean> | null = null

/** Registers the one dialog; `ask` answers whether the person has proved themselves. Returns its removal. */
export function onStepUp(ask: Ask): () => void {
  registered = ask
  return () => {
    if (registered === ask) registered = null
  }
}

/** Whether a refused request is worth repeating. Requests that are refused together share one question. */
export function stepUp(): Promise<boolean> {
  asking ??= question().finally(() => {
    asking = null
  })
  return asking
}

async function question(): Promise<boolean> {
  try {
    return registered !== null && (await registered())
  } catch {
    // A dialog that breaks is a question without an answer: the refusal stands.
    return false
  }
}
