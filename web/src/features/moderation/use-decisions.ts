import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Product } from '../../api/types.ts'
import { dropFromQueue, queueKey, underway } from './queries.ts'
import { nextAfter } from './queue.ts'
import { approveCard, rejectCard } from './requests.ts'
import { useModerationTexts } from './texts.ts'

export type Shortfall = { current: number; required: number }
type Decision = { product: Product } & ({ kind: 'approve' } | { kind: 'reject'; notes: string })
export type Decisions = ReturnType<typeof useDecisions>

/** Approving and rejecting; after each the card that follows is opened. */
export function useDecisions(onNext: (next: Product | null) => void) {
  const texts = useModerationTexts()
  /** Shops that could not pay when it was tried, by card. */
  const [poor, setPoor] = useState<Record<number, Shortfall>>({})
  /** What the last decision came to, in words. Not a toast: that would lie on the buttons of the next card. */
  const [said, setSaid] = useState('')

  function leave({ id }: Product) {
    const next = nextAfter(queryClient.getQueryData<Product[]>(queueKey) ?? [], id)
    dropFromQueue(id)
    void queryClient.invalidateQueries({ queryKey: ['moderation-card', id] })
    onNext(next)
  }
  const decide = useMutation({
    mutationFn: (decision: Decision) =>
      decision.kind === 'approve'
        ? approveCard(decision.product.id)
        : rejectCard(decision.product.id, decision.notes),
    onMutate: ({ product }) => {
      underway.add(product.id)
    },
    onSuccess: (_, { product, kind }) => {
      setSaid(kind === 'approve' ? texts.approved(product.name) : texts.rejected(product.name))
      leave(product)
    },
    onError: (error, { product }) => {
      const shortfall = shortfallOf(error)
      if (shortfall) setPoor((known) => ({ ...known, [product.id]: shortfall }))
      else if (wasDecided(error)) {
        setSaid(texts.decided_elsewhere)
        leave(product)
      }
    },
    onSettled: (_data, _error, { product }) => {
      underway.delete(product.id)
    },
  })
  const failed = decide.error && !shortfallOf(decide.error) && !wasDecided(decide.error) ? decide.error : null
  return {
    poor,
    said,
    isPending: decide.isPending,
    /** The card the last decision was about, with what kept it from being recorded. */
    failure: failed ? { product_id: decide.variables?.product.id, error: failed } : null,
    approve: (product: Product) => {
      if (!decide.isPending) decide.mutate({ kind: 'approve', product })
    },
    reject: (product: Product, notes: string) => {
      if (!decide.isPending) decide.mutate({ kind: 'reject', product, notes })
    },
  }
}

function shortfallOf(error: unknown): Shortfall | null {
  if (!(error instanceof ApiProblem) || error.code !== 'shop_insufficient_balance') return null
  const { current_balance, required_amount } = error.extra
  if (typeof current_balance !== 'number' || typeof required_amount !== 'number') return null
  return { current: current_balance, required: required_amount }
}

/** Somebody else was quicker: decided (409) or deleted (404). */
function wasDecided(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 404 || error.code === 'invalid_state')
}
