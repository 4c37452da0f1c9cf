import { Type } from 'typebox'
import { Id, nullable, Time, Url } from '#infra/schemas.ts'
import { timeToWire } from '#kernel/time.ts'
import type { MediaFile } from './model.ts'
import { type AddressDeps, mediaUrl } from './signed-address.ts'

export const PersonPhoto = Type.Object({
  id: Id,
  url: Url,
  width: Type.Integer(),
  height: Type.Integer(),
  preview: nullable(Type.String({ description: 'thumbhash, base64' })),
  expires_at: nullable(Time),
})

export const MediaParams = Type.Object({
  key: Type.String({ description: 'Random name of the picture' }),
  name: Type.String({ description: '`320.webp`, `640.webp`, `1024.webp` or `original.webp`' }),
})

export const MediaQuery = Type.Object({
  expires: Type.Optional(Type.String({ description: 'Seconds since 1970; private pictures only' })),
  signature: Type.Optional(Type.String({ description: 'Private pictures only' })),
})

export function personPhotoToWire(deps: AddressDeps, file: MediaFile) {
  return {
    id: file.id,
    url: mediaUrl(deps, file),
    width: file.width,
    height: file.height,
    preview: file.preview,
    expires_at: file.expires_at === null ? null : timeToWire(file.expires_at),
  }
}
