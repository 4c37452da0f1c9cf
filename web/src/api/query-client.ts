import { QueryClient } from '@tanstack/react-query'
import { session } from './browser-session.ts'
import { mayReadAgain, pauseBeforeReading } from './problem.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: mayReadAgain,
      retryDelay: pauseBeforeReading,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
})

// What one account has read must never be shown to the next one in the same browser.
session.subscribe(() => {
  queryClient.getMutationCache().clear()
  for (const query of queryClient.getQueryCache().getAll()) query.reset()
  // When the page has turned to the new account: what only the old one could read is not asked for any more.
  setTimeout(() => void queryClient.refetchQueries({ type: 'active' }))
})
