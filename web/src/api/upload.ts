import { ApiProblem } from './problem.ts'
import { signedIn } from './signed-in.ts'

type Sending = {
  /** Bytes of the form that have left, and all of them. */
  onProgress: (sent: number, total: number) => void
  signal?: AbortSignal
}

/**
 * Sends a form with files and tells how far it is, which `fetch` cannot. Signed in and renewed like every other request.
 * @throws ApiProblem as `answer()` does; AbortError when `signal` says so
 */
export async function sendForm(path: string, form: FormData, sending: Sending): Promise<unknown> {
  const last = await signedIn(true, {
    attempt: (headers) => attempt(path, form, { ...sending, headers }),
    codeOf: async ({ status, body }) => (isGood(status) ? null : new ApiProblem(status, body).code),
  })
  if (isGood(last.status)) return last.body
  throw new ApiProblem(last.status, last.body, last.retry_after_s)
}

type Attempt = { status: number; body: unknown; retry_after_s: number | null }

function attempt(
  path: string,
  form: FormData,
  sending: Sending & { headers: Record<string, string> },
): Promise<Attempt> {
  const { onProgress, signal, headers } = sending
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'text'
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded, event.total))
    request.addEventListener('load', () => {
      const retry_after_s = Number(request.getResponseHeader('Retry-After'))
      resolve({
        status: request.status,
        body: parse(request.responseText),
        retry_after_s: retry_after_s > 0 ? retry_after_s : null,
      })
    })
    request.addEventListener('error', () => reject(new ApiProblem(0, null)))
    request.addEventListener('abort', () => reject(new DOMException('The upload was given up', 'AbortError')))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
