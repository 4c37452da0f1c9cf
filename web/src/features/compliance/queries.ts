import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client.ts'
import type { Consent } from '../../api/types.ts'

export const consentsKey = ['consents'] as const

/** The last word on each document. */
export function useConsents(): UseQueryResult<Consent[]> {
  return useQuery({
    queryKey: consentsKey,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/users/me/consents', { signal })),
  })
}
