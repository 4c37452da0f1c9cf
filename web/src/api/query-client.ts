import { QueryClient } from '@tanstack/react-query'
import { session } from './browser-session.ts'
import { canHeal } from './problem.ts'

const TRIES_MAX = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (tries, error) => tries < TRIES_MAX && canHeal(error),
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
})

// What one account has read must never be shown to the next one in the same browser.
session.subscribe(() => {
  queryClient.getMutationCache().clear()
  void queryClient.resetQueries()
})
