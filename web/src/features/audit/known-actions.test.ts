import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ru } from './texts/ru.ts'

const DOMAINS = new URL('../../../../server/src/domains/', import.meta.url)

/** Codes as the server's use cases write them: `action: '…'`, also as one of two. */
function recorded(): string[] {
  const files = globSync('**/*.ts', { cwd: DOMAINS, exclude: ['**/*.test.ts', 'audit/**'] })
  const codes = files.flatMap((file) =>
    Array.from(
      readFileSync(new URL(file, DOMAINS), 'utf8').matchAll(/\baction:[^\n]*/g),
      ([line]) => line.match(/'[a-z]+\.[a-z_]+'/g) ?? [],
    ).flat(),
  )
  return [...new Set(codes.map((code) => code.slice(1, -1)))].sort()
}

test('every action that the server records has words for people', () => {
  const codes = recorded()
  expect(codes.length).toBeGreaterThan(20)
  expect(codes.filter((code) => ru.actions[code] === undefined)).toEqual([])
})

test('no words are kept for actions that nobody records', () => {
  expect(Object.keys(ru.actions).filter((code) => !recorded().includes(code))).toEqual([])
})
