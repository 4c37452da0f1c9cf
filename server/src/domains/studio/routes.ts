import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Reader } from '#infra/db.ts'
import { header, localeOf, userOf } from '#infra/http.ts'
import { Id, IdParams } from '#infra/schemas.ts'
import { validationFailed } from '#kernel/problem.ts'
import { awaitGeneration, waitSeconds } from './await-generation.ts'
import type { StudioDeps } from './deps.ts'
import { cancelGeneration, deleteGeneration } from './end-generation.ts'
import { failureText } from './failure-texts.ts'
import { aiFailed } from './problems.ts'
import { present, presentAccepted, type ReadDeps, readGeneration, readHistory } from './read-generation.ts'
import { type Accepted, requestPicture, requestTryOn } from './request-generation.ts'
import { listSamplePeople } from './sample-people.ts'
import {
  GenerateBody,
  GenerationResponse,
  HistoryQuery,
  SamplePersonResponse,
  TryOnBody,
  WaitHeaders,
} from './schemas.ts'

type RouteDeps = Omit<StudioDeps, 'log' | 'accountOf'> &
  ReadDeps & { wardrobeItemsOf: (db: Reader, generation_id: number) => Promise<number> }

const tags = ['generations']
const user = { access: 'user', limit: 'standard' } as const
const starting = { access: 'user', limit: 'generation' } as const

export function studioRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const answers = { 200: GenerationResponse, 202: GenerationResponse }
  return async (http) => {
    http.post(
      '/generations/try-on',
      { schema: { tags, headers: WaitHeaders, body: TryOnBody, response: answers }, config: starting },
      async (request, reply) => {
        const { product_id, save_to_wardrobe, saveToWardrobe, user_image_url, userImageUrl } = request.body
        const address = user_image_url ?? userImageUrl
        if (address === undefined) throw missing('user_image_url')
        const accepted = await requestTryOn(deps, userOf(request), {
          product_id,
          user_image_url: address,
          save_to_wardrobe: save_to_wardrobe ?? saveToWardrobe ?? false,
          ...requestKeyOf(request, 'try-on'),
        })
        return answer(deps, request, reply, accepted)
      },
    )
    http.post(
      '/generations/generate',
      { schema: { tags, headers: WaitHeaders, body: GenerateBody, response: answers }, config: starting },
      async (request, reply) => {
        const { prompt, user_image_url, userImageUrl } = request.body
        if (prompt.trim() === '') throw missing('prompt')
        const address = user_image_url ?? userImageUrl
        const accepted = await requestPicture(deps, userOf(request), {
          prompt: prompt.trim(),
          ...(address === undefined ? {} : { user_image_url: address }),
          ...requestKeyOf(request, 'generate'),
        })
        return answer(deps, request, reply, accepted)
      },
    )
    const one = { tags, params: IdParams('generation_id') }
    http.get(
      '/generations/:generation_id',
      { schema: { ...one, response: { 200: GenerationResponse } }, config: user },
      (request) => readGeneration(deps, userOf(request), request.params.generation_id, localeOf(request)),
    )
    http.post(
      '/generations/:generation_id/cancel',
      { schema: { ...one, response: { 200: GenerationResponse } }, config: user },
      async (request) => {
        const cancelled = await cancelGeneration(deps, userOf(request), request.params.generation_id)
        return present(deps, cancelled, localeOf(request))
      },
    )
    const deletion = {
      ...one,
      querystring: Type.Object({ delete_files: Type.Boolean({ default: true }) }),
      response: { 200: Type.Object({ message: Type.String(), id: Id }) },
    }
    http.delete('/generations/:generation_id', { schema: deletion, config: user }, async (request) => {
      const id = request.params.generation_id
      await deleteGeneration(deps, userOf(request), { id, delete_files: request.query.delete_files })
      return { id, message: { ru: 'Удалено', kk: 'Жойылды', en: 'Deleted' }[localeOf(request)] }
    })
    http.get(
      '/studio/sample-people',
      { schema: { tags, response: { 200: Type.Array(SamplePersonResponse) } }, config: user },
      async () => {
        const people = await listSamplePeople(deps.db)
        return people.map(({ id, name, person_key }) => ({ id, name, url: deps.media.url(person_key) }))
      },
    )
    http.get(
      '/users/me/history',
      {
        schema: {
          tags: ['users'],
          querystring: HistoryQuery,
          response: { 200: Type.Array(GenerationResponse) },
        },
        config: user,
      },
      (request) => {
        const { skip, limit, ...filter } = request.query
        return readHistory(deps, userOf(request).user_id, filter, { skip, limit }, localeOf(request))
      },
    )
  }
}

/** The caller's Idempotency-Key, per endpoint: kept with the row, so that it holds although an answer was lost. */
function requestKeyOf(request: FastifyRequest, endpoint: string): { request_key?: string } {
  const key = header(request, 'idempotency-key')
  return key === undefined ? {} : { request_key: `${endpoint}:${key}` }
}

/** 202 at once; with `Prefer: wait=N` 200 with the finished record when it is made in time (contract 2.10). */
async function answer(deps: RouteDeps, request: FastifyRequest, reply: FastifyReply, accepted: Accepted) {
  const locale = localeOf(request)
  const { generation } = accepted
  reply.header('location', `/api/v1/generations/${generation.id}`)
  const seconds = waitSeconds(header(request, 'prefer'))
  const ended = seconds > 0 ? await awaitGeneration(deps.db, generation, seconds) : undefined
  if (!ended) return reply.code(202).send(await presentAccepted(deps, accepted, locale))
  if (ended.status !== 'succeeded')
    throw aiFailed(failureText(ended.error_code ?? ''), ended.error_code ?? ended.status)
  const { charge_info } = await presentAccepted(deps, accepted, locale)
  return reply.code(200).send({ ...(await present(deps, ended, locale)), charge_info })
}

function missing(field: string) {
  return validationFailed([
    {
      field,
      code: 'required',
      message: { ru: 'Обязательное поле', kk: 'Міндетті өріс', en: 'This field is required' },
    },
  ])
}
