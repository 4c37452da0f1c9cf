import { answer, send } from './client.ts'
import type { paths } from './generated/schema.ts'

/** Addresses that take a form with files and answer 201 with what was stored. */
type UploadPath = {
  [Path in keyof paths]: paths[Path]['post'] extends {
    responses: { 201: { content: { 'application/json': unknown } } }
  }
    ? Path
    : never
}[keyof paths]
type Uploaded<Path extends UploadPath> = paths[Path]['post'] extends {
  responses: { 201: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

/** Sends files. The contract describes the parts of a form in words only, so the form is made by the caller. */
export function upload<Path extends UploadPath>(
  path: Path,
  form: FormData,
): Promise<NonNullable<Uploaded<Path>>> {
  return answer(sendForm<Path>(path, form))
}

async function sendForm<Path extends UploadPath>(path: Path, form: FormData) {
  const response = await send(new Request(path, { method: 'POST', body: form }))
  const body: unknown = await response.json().catch(() => null)
  // The type is the contract's own for this address; the server validates its answers against it.
  return response.ok ? { data: body as Uploaded<Path>, response } : { error: body, response }
}
