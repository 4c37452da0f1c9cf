import { expect, test } from 'vitest'
import { createGate } from './decode-gate.ts'

test('what runs together never weighs more than the gate, and everything runs', async () => {
  const gate = createGate(10)
  let running = 0
  let heaviest = 0
  const work = (weight: number) =>
    gate(weight, async () => {
      running += weight
      heaviest = Math.max(heaviest, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= weight
      return weight
    })
  expect(await Promise.all([3, 4, 5, 6, 1, 9, 2].map(work))).toEqual([3, 4, 5, 6, 1, 9, 2])
  expect(heaviest).toBeLessThanOrEqual(10)
  expect(heaviest).toBeGreaterThan(6)
})

test('work heavier than the gate runs alone instead of never', async () => {
  const gate = createGate(10)
  expect(await gate(1_000, async () => 'done')).toBe('done')
})

test('work that fails makes room for the next', async () => {
  const gate = createGate(1)
  await expect(gate(1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await gate(1, async () => 'next')).toBe('next')
})
