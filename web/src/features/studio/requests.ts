import { answer, api, type Idempotency } from '../../api/client.ts'
import type { Generation, PersonPhoto } from '../../api/types.ts'
import { upload } from '../../api/upload.ts'

/** The document that is accepted before photos of a person are processed, and its version in force. */
const PHOTO_CONSENT = { document: 'photo_processing', version: '1', accepted: true } as const

export async function givePhotoConsent(): Promise<void> {
  await answer(api.PUT('/api/v1/users/me/consents', { body: PHOTO_CONSENT }))
}

export async function uploadPhoto(file: File): Promise<PersonPhoto> {
  const form = new FormData()
  form.set('file', file)
  return upload('/api/v1/media/person-photos', form)
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
