import { answer, api } from '../../api/client.ts'
import type { Product } from '../../api/types.ts'
import { sendForm } from '../../api/upload.ts'
import type { CardInput } from './draft.ts'

type Uploading = {
  signal: AbortSignal
  /** For each file, which part of it has left: 0 to 1. */
  onProgress: (shares: number[]) => void
}

/** One request for all files: the server keeps all of them or none. Addresses come back in the order of the files. */
export async function uploadPictures(
  files: readonly File[],
  { signal, onProgress }: Uploading,
): Promise<string[]> {
  const form = new FormData()
  for (const file of files) form.append('files', file)
  const body = await sendForm('/api/v1/products/upload-images', form, {
    signal,
    onProgress: (sent) => onProgress(sharesOf(files, sent)),
  })
  if (typeof body !== 'object' || body === null || !('urls' in body) || !Array.isArray(body.urls)) {
    throw new TypeError('the answer to an upload has no addresses')
  }
  return body.urls.map(String)
}

export async function createCard({ images, ...card }: CardInput): Promise<Product> {
  return answer(api.POST('/api/v1/products', { body: { ...card, image_urls: images } }))
}

/** `version` is the one that was read: the server refuses (409) when the card has changed meanwhile. */
export async function changeCard(
  product_id: number,
  changes: Partial<CardInput>,
  version: number | undefined,
): Promise<Product> {
  return answer(
    api.PUT('/api/v1/products/{product_id}', {
      params: { path: { product_id } },
      body: { ...changes, ...(version === undefined ? {} : { version }) },
    }),
  )
}

export async function deleteCard(product_id: number): Promise<void> {
  await answer(api.DELETE('/api/v1/products/{product_id}', { params: { path: { product_id } } }))
}

/** Files leave one after the other; what the form adds around them is a few hundred bytes and is left out. */
export function sharesOf(files: readonly { size: number }[], sent: number): number[] {
  let start = 0
  return files.map(({ size }) => {
    const share = Math.min(1, Math.max(0, (sent - start) / Math.max(1, size)))
    start += size
    return share
  })
}
