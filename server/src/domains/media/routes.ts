import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { userOf } from '#infra/http.ts'
import { listPersonPhotos } from './list-person-photos.ts'
import { PICTURE_MIME } from './model.ts'
import { readPictureForm } from './read-picture-form.ts'
import { MediaParams, MediaQuery, PersonPhoto, personPhotoToWire } from './schemas.ts'
import { type ServeDeps, servePicture } from './serve-picture.ts'
import { storePersonPhoto } from './store-person-photo.ts'
import type { StorePictureDeps } from './store-picture.ts'

export type MediaDeps = StorePictureDeps & ServeDeps

const tags = ['media']

/** Photos that a person tries garments on with. Under `/api/v1`. */
export function mediaApiRoutes(deps: MediaDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const upload = { tags, consumes: ['multipart/form-data'], response: { 201: PersonPhoto } }
    const uploads = { access: 'user', limit: 'upload', file_field: 'file' } as const
    http.post('/media/person-photos', { schema: upload, config: uploads }, async (request, reply) => {
      const pictures = pictureOf(request, deps.upload_bytes_max)
      const photo = await storePersonPhoto(deps, userOf(request), pictures)
      return reply.code(201).send(personPhotoToWire(deps, photo))
    })

    const list = { tags, response: { 200: Type.Array(PersonPhoto) } }
    http.get(
      '/media/person-photos',
      { schema: list, config: { access: 'user', limit: 'standard' } },
      async (request) => {
        const photos = await listPersonPhotos(deps, userOf(request))
        return photos.map((photo) => personPhotoToWire(deps, photo))
      },
    )
  }
}

const IMMUTABLE = 'max-age=31536000, immutable'

/**
 * The media host: `/media/<key>/<width>.webp`, at the root. Not counted against the limits of the API: one page of the
 * catalogue shows fifty pictures, and what is made on demand is bounded by the closed list of widths. Whoever has an
 * address may see it: of a public picture the random key allows it, of a private one the signature.
 */
export function mediaFileRoutes(deps: ServeDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const schema = { params: MediaParams, querystring: MediaQuery }
    http.get(
      '/media/:key/:name',
      { schema, config: { access: 'guest', limit: 'none', acts_as: 'system' } },
      async (request, reply) => {
        const { key, name } = request.params
        const picture = await servePicture(deps, `/media/${key}/${name}`, request.query)
        const { private_for_s } = picture
        return reply
          .type(PICTURE_MIME)
          .header('content-length', picture.bytes)
          .header('content-disposition', `inline; filename="${picture.file_name}"`)
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('x-content-type-options', 'nosniff')
          .header('cross-origin-resource-policy', 'cross-origin')
          .header(
            'cache-control',
            private_for_s === null ? `public, ${IMMUTABLE}` : `private, max-age=${private_for_s}, immutable`,
          )
          .send(picture.body)
      },
    )
  }
}

/** The parser's own limits lie just beyond ours, so that each broken limit gets its own answer. */
function pictureOf(request: FastifyRequest, bytes_max: number) {
  const limits = { fileSize: bytes_max + 1, files: 2 }
  return readPictureForm(() => request.parts({ limits }), { field: 'file', count_max: 1, bytes_max })
}
