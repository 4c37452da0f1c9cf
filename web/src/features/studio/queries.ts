import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLive } from '../../api/browser-live.ts'
import { isRunning } from '../../api/can.ts'
import { answer, api } from '../../api/client.ts'
import type { LiveEvent } from '../../api/live.ts'
import { ApiProblem } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Generation } from '../../api/types.ts'

const HISTORY_PAGE_SIZE = 24
/** How often a running one is asked for while the socket is down, and, to be safe, while it is up. */
const POLL_MS = 2_000
const POLL_SAFETY_MS = 15_000

const generationKey = (generation_id: number) => ['generation', generation_id]

/** One generation, kept fresh by events and, where they do not come, by asking. */
export function useGeneration(generation_id: number) {
  const live = useLive('user', (event) => onEvent(event, generation_id))
  const generation = useQuery({
    queryKey: generationKey(generation_id),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/generations/{generation_id}', { params: { path: { generation_id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data && isRunning(state.data) ? (live === 'on' ? POLL_SAFETY_MS : POLL_MS) : false,
    refetchIntervalInBackground: true,
  })
  const finished = generation.data !== undefined && !isRunning(generation.data)
  useEffect(() => {
    if (live === 'on') void queryClient.invalidateQueries({ queryKey: generationKey(generation_id) })
  }, [live, generation_id])
  useEffect(() => {
    // A result changes what is left to spend and what the history shows.
    if (!finished) return
    void queryClient.invalidateQueries({ queryKey: ['me'] })
    void queryClient.invalidateQueries({ queryKey: ['history'] })
  }, [finished])
  return { generation, live }
}

/** Progress is taken from the event at once; an end is read anew, so that its words come in the reader's language. */
function onEvent({ event, data }: LiveEvent, generation_id: number) {
  if (!event.startsWith('generation.') || !isProgress(data) || data.id !== generation_id) return
  if (event !== 'generation.processing') {
    void queryClient.invalidateQueries({ queryKey: generationKey(generation_id) })
    return
  }
  queryClient.setQueryData<Generation>(generationKey(generation_id), (known) => {
    if (!known || !isRunning(known) || data.sequence < known.sequence) return known
    return {
      ...known,
      status: data.status,
      step: data.step,
      queue_position: data.queue_position,
      sequence: data.sequence,
    }
  })
}

type Progress = Pick<Generation, 'id' | 'step' | 'queue_position' | 'sequence'> & {
  status: 'queued' | 'processing'
}

function isProgress(data: unknown): data is Progress {
  if (typeof data !== 'object' || data === null) return false
  const has: Record<string, unknown> = { ...data }
  return typeof has.id === 'number' && typeof has.sequence === 'number' && typeof has.status === 'string'
}

export type HistoryFilter = 'all' | 'try_on' | 'generation'

export function useHistory(filter: HistoryFilter) {
  return useInfiniteQuery({
    queryKey: ['history', filter],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/users/me/history', {
          params: {
            query: {
              skip: pageParam,
              limit: HISTORY_PAGE_SIZE,
              ...(filter === 'all' ? {} : { type: filter }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.length === HISTORY_PAGE_SIZE ? pages.length * HISTORY_PAGE_SIZE : undefined,
    // Signed addresses of pictures live 10 to 15 minutes.
    staleTime: 60_000,
  })
}

export function useMyPhotos() {
  return useQuery({
    queryKey: ['person-photos'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/media/person-photos', { signal })),
    staleTime: 4 * 60_000,
  })
}

/** People to borrow; an installation without them answers 404, which means none. */
export function useSamplePeople() {
  return useQuery({
    queryKey: ['sample-people'],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/studio/sample-people', { signal })).catch(noneWhenMissing),
    staleTime: 4 * 60_000,
  })
}

/** Whether the photo consent has been given before; while unknown the box is shown. */
export function usePhotoConsent() {
  return useQuery({
    queryKey: ['consents'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/users/me/consents', { signal })),
    select: (consents) =>
      consents.some((consent) => consent.document === 'photo_processing' && consent.accepted),
  })
}

export function useTryOnProduct(product_id: number) {
  return useQuery({
    queryKey: ['product', product_id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/products/{product_id}', { params: { path: { product_id } }, signal })),
  })
}

function noneWhenMissing(error: unknown): [] {
  if (error instanceof ApiProblem && error.status === 404) return []
  throw error
}
