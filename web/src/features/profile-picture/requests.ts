import { answer, api } from '../../api/client.ts'
import { sendForm } from '../../api/upload.ts'

export type Whose = 'user' | 'shop'

const UPLOADS = { user: '/api/v1/users/me/avatar', shop: '/api/v1/shops/upload-avatar' } as const

export async function uploadPicture(whose: Whose, file: File): Promise<void> {
  const form = new FormData()
  form.append('file', file)
  await sendForm(UPLOADS[whose], form, { onProgress: () => undefined })
}

export async function removePicture(whose: Whose): Promise<void> {
  const body = { avatar_url: null }
  await (whose === 'user'
    ? answer(api.PUT('/api/v1/users/me', { body }))
    : answer(api.PUT('/api/v1/shops/me', { body })))
}
