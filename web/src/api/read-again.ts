import type { QueryKey } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'

/** A page that has just been read needs no second reading when its socket opens a moment later. */
const FRESH_MS = 5_000

/** After the socket has come up: events of the time without it are lost, so what is older is read again. */
export function readAgain(...keys: QueryKey[]): void {
  for (const queryKey of keys) {
    void queryClient.invalidateQueries({
      queryKey,
      predicate: ({ state }) => state.dataUpdatedAt > 0 && Date.now() - state.dataUpdatedAt > FRESH_MS,
    })
  }
}
