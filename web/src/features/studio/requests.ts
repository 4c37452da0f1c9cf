import { answer, api, type Idempotency } from '../../api/client.ts'
import { ApiProblem } from '../../api/problem.ts'
import type { Generation } from '../../api/types.ts'
import { sendForm } from '../../api/upload.ts'

/** The document that is accepted before photos of a person are processed, and its version in force. */
const PHOTO_CONSENT = { document: 'photo_processing', version: '1', accepted: true } as const

export async function givePhotoConsent(): Promise<void> {
  await answer(api.PUT('/api/v1/users/me/consents', { body: PHOTO_CONSENT }))
}

/** Stores a photo of a person, private to the caller. Answers its address, which a try-on takes. */
export async function uploadPhoto(file: File, onPercent: (percent: number) => void): Promise<string> {
  const form = new FormData()
  form.set('file', file)
  const stored = await sendForm('/api/v1/media/person-photos', form, {
    onProgress: (sent, total) => onPercent(Math.round((100 * sent) / Math.max(1, total))),
  })
  if (typeof stored === 'object' && stored !== null && 'url' in stored && typeof stored.url === 'string') {
    return stored.url
  }
  throw new ApiProblem(500, stored)
}

export async function startTryOn(
  product_id: number,
  user_image_url: string,
  headers: Idempotency,
): Promise<Generation> {
  return answer(api.POST('/api/v1/generations/try-on', { body: { product_id, user_image_url }, headers }))
}

export async function startDrawing(prompt: string, headers: Idempotency): Promise<Generation> {
  return answer(api.POST('/api/v1/generations/generate', { body: { prompt }, headers }))
}

export async function cancelGeneration(generation_id: number): Promise<Generation> {
  return answer(
    api.POST('/api/v1/generations/{generation_id}/cancel', { params: { path: { generation_id } } }),
  )
}

export async function removeGeneration(generation_id: number): Promise<void> {
  await answer(
    api.DELETE('/api/v1/generations/{generation_id}', {
      params: { path: { generation_id }, query: { delete_files: true } },
    }),
  )
}

export async function saveToWardrobe(generation_id: number): Promise<void> {
  await answer(
    api.POST('/api/v1/wardrobe/from-generation/{generation_id}', {
      params: { path: { generation_id } },
      body: {},
    }),
  )
}
