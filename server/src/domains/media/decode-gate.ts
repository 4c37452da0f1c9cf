/** Lets work through while what runs together stays under a weight; the rest waits in order. */
export type Gate = <T>(weight: number, work: () => Promise<T>) => Promise<T>

/**
 * A gate over pixels: decoding needs memory in proportion to them, so a few photographs or one giant run at a time.
 * Work heavier than the whole gate runs alone.
 */
export function createGate(capacity: number): Gate {
  let running = 0
  const waiting: { weight: number; start: () => void }[] = []

  function startWaiting(): void {
    for (let next = waiting[0]; next && running + next.weight <= capacity; next = waiting[0]) {
      waiting.shift()
      running += next.weight
      next.start()
    }
  }

  return async (wanted, work) => {
    const weight = Math.min(wanted, capacity)
    await new Promise<void>((resolve) => {
      waiting.push({ weight, start: resolve })
      startWaiting()
    })
    try {
      return await work()
    } finally {
      running -= weight
      startWaiting()
    }
  }
}
