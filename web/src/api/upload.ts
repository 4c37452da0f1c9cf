import { currentLanguage } from '../lib/i18n/language.ts'
import { session } from './browser-session.ts'
import { ApiProblem } from './problem.ts'

type Sending = {
  /** Bytes of the form that have left, and all of them. */
  onProgress: (sent: number, total: number) => void
  signal?: AbortSignal
}

/**
 * Sends a form with files and tells how far it is, which `fetch` cannot. Signs in and renews like every other request.
 * @throws ApiProblem as `answer()` does; AbortError when `signal` says so
 */
export async function sendForm(path: string, form: FormData, sending: Sending): Promise<unknown> {
  const token = await session.accessToken()
  const first = await attempt(path, form, { ...sending, token })
  if (first.status !== 401 || token === null) return bodyOf(first)
  const renewed = await session.renew(token)
  return bodyOf(renewed === null ? first : await attempt(path, form, { ...sending, token: renewed }))
}

type Attempt = { status: number; body: unknown; retry_after_s: number | null }

function attempt(
  path: string,
  form: FormData,
  sending: Sending & { token: string | null },
): Promise<Attempt> {
  const { onProgress, signal, token } = sending
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'text'
    request.setRequestHeader('Accept-Language', currentLanguage())
    request.setRequestHeader('X-Client-Platform', 'web')
    if (token !== null) request.setRequestHeader('Authorization', `Bearer ${token}`)
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

function bodyOf({ status, body, retry_after_s }: Attempt): unknown {
  if (status >= 200 && status < 300) return body
  throw new ApiProblem(status, body, retry_after_s)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
