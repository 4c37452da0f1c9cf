import { useMutation } from '@tanstack/react-query'
import { ApiProblem } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Product } from '../../api/types.ts'
import { changesOf, type Draft, inputOf } from './draft.ts'
import { cardKey, cardsKey, countsKey } from './queries.ts'
import { changeCard, createCard } from './requests.ts'

type Saving = {
  product: Product | null
  draft: Draft
  urls: readonly string[]
  onSaved: (product: Product) => void
}

export type SaveCard = ReturnType<typeof useSaveCard>

/** Creates or changes the card. A stale version is told apart, so that the edits can be saved over it knowingly. */
export function useSaveCard({ product, draft, urls, onSaved }: Saving) {
  const input = inputOf(draft, urls, product?.characteristics ?? null)
  const changes = product ? changesOf(product, input) : input
  const save = useMutation({
    mutationFn: (version: number | undefined) =>
      product ? changeCard(product.id, changes, version) : createCard(input),
    onSuccess: (saved) => {
      queryClient.setQueryData(cardKey(saved.id), saved)
      void queryClient.invalidateQueries({ queryKey: cardsKey })
      void queryClient.invalidateQueries({ queryKey: countsKey })
    },
  })
  const submit = (version: number | undefined, before: () => void) =>
    save.mutate(version, {
      onSuccess: (saved) => {
        before()
        onSaved(saved)
      },
    })
  const stale_version = staleVersion(save.error)
  return {
    isChanged: product ? Object.keys(changes).length > 0 : hasAnything(draft, urls),
    isPending: save.isPending,
    isDone: save.isSuccess,
    error: save.error,
    /** Version of the card on the server when the one of the form is older; null otherwise. */
    stale_version,
    /** `before` runs when it worked, ahead of `onSaved`. */
    submit: (before: () => void) => submit(product?.version, before),
    /** Writes the edits over what somebody else has saved meanwhile. */
    submitOver: (before: () => void) => submit(stale_version ?? undefined, before),
  }
}

function staleVersion(error: unknown): number | null {
  if (!(error instanceof ApiProblem) || error.status !== 409) return null
  return typeof error.extra.current_version === 'number' ? error.extra.current_version : null
}

function hasAnything(draft: Draft, urls: readonly string[]): boolean {
  const { name, description, price, category_id, rows } = draft
  return (
    [name, description, price].some((text) => text.trim() !== '') ||
    category_id !== null ||
    rows.length > 0 ||
    urls.length > 0
  )
}
