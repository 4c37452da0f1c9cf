import { useMutation } from '@tanstack/react-query'
import { queryClient } from '../../api/query-client.ts'
import { toast } from '../../ui/toaster.tsx'
import { approvalsKey } from './queries.ts'

/** One decision. The lists are read again also after a refusal: somebody else may have been first. */
export function useDecision<Input>(
  decide: (input: Input) => Promise<void>,
  done: string,
  onDone?: () => void,
) {
  return useMutation({
    mutationFn: decide,
    onSuccess: () => {
      toast(done)
      onDone?.()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: approvalsKey }),
  })
}
