import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { absoluteUrl, readPictureForm } from '#domains/media/public.ts'
import { localeOf, shopOf, userOf } from '#infra/http.ts'
import { Url } from '#infra/schemas.ts'
import type { IdentityDeps } from '../deps.ts'
import { uploadMyAvatar, uploadShopAvatar } from '../upload-avatar.ts'
import { text } from './reply-texts.ts'

const Uploaded = Type.Object({ url: Url, message: Type.String() })
const consumes = ['multipart/form-data']

/** One picture each; taken away by PUT with `avatar_url: null`. */
export function avatarRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const answer = (request: FastifyRequest, stored: string) => ({
    url: absoluteUrl(deps.config, stored),
    message: text('avatar_set', localeOf(request)),
  })
  return async (http) => {
    http.post(
      '/users/me/avatar',
      {
        config: { access: 'user', limit: 'upload', file_field: 'file' },
        schema: {
          tags: ['users'],
          summary: 'Picture of the own profile',
          consumes,
          response: { 200: Uploaded },
        },
      },
      async (request) =>
        answer(request, await uploadMyAvatar(deps, userOf(request), pictureOf(deps, request))),
    )
    http.post(
      '/shops/upload-avatar',
      {
        config: { access: 'shop', limit: 'upload', file_field: 'file' },
        schema: {
          tags: ['shops'],
          summary: 'Picture of the own shop',
          consumes,
          response: { 200: Uploaded },
        },
      },
      async (request) =>
        answer(request, await uploadShopAvatar(deps, shopOf(request), pictureOf(deps, request))),
    )
  }
}

/** The parser's own limits lie just beyond ours, so that each broken limit gets its own answer. */
function pictureOf({ uploads }: IdentityDeps, request: FastifyRequest) {
  const bytes_max = uploads.upload_bytes_max
  // Without a form there is no file: the same refusal as for a form without one.
  const parts = () =>
    request.isMultipart() ? request.parts({ limits: { fileSize: bytes_max + 1, files: 2 } }) : nothing()
  return readPictureForm(parts, { field: 'file', count_max: 1, bytes_max })
}

async function* nothing(): AsyncGenerator<never> {}
