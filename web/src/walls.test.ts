import { expect, test } from 'vitest'

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.*', '!./api/generated/**'], {
  eager: true,
  query: '?raw',
  import: 'default',
})

/** Which top folders each may import; files beside them (routes, main) see everything. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  panels: ['panels', 'features', 'ui', 'lib', 'api', 'paths.ts'],
  features: ['features', 'ui', 'lib', 'api', 'paths.ts'],
  lib: ['lib', 'ui', 'paths.ts'],
  ui: ['ui', 'lib'],
  api: ['api', 'lib'],
}

const imports = Object.entries(sources).flatMap(([file, code]) =>
  Array.from(code.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g), ([, target = '']) => ({
    file: file.replace('./', ''),
    target: target.startsWith('.') ? resolve(file, target) : target,
    isLocal: target.startsWith('.'),
  })),
)

test('enough is looked at for the rules below to mean something', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(100)
  expect(imports.filter((one) => one.isLocal).length).toBeGreaterThan(300)
})

test('folders import only what stands below them', () => {
  const broken = imports.filter(({ file, target, isLocal }) => {
    const allowed = MAY_IMPORT[top(file)]
    return isLocal && allowed !== undefined && !allowed.includes(top(target))
  })
  expect(broken).toEqual([])
})

test('a feature never imports another feature', () => {
  const broken = imports.filter(
    ({ file, target }) =>
      top(file) === 'features' && top(target) === 'features' && second(file) !== second(target),
  )
  expect(broken).toEqual([])
})

test('a panel imports no other panel, only the shell', () => {
  const broken = imports.filter(
    ({ file, target }) =>
      top(file) === 'panels' &&
      top(target) === 'panels' &&
      second(target) !== 'shell' &&
      second(file) !== second(target),
  )
  expect(broken).toEqual([])
})

test('building blocks know neither the router nor the server', () => {
  const broken = imports.filter(
    ({ file, target }) => top(file) === 'ui' && /^(react-router|openapi-fetch|@tanstack)/.test(target),
  )
  expect(broken).toEqual([])
})

test('only api/ knows the client of the server and where sessions are kept', () => {
  const broken = imports.filter(
    ({ file, target }) => top(file) !== 'api' && (target === 'openapi-fetch' || target === 'api/session.ts'),
  )
  expect(broken).toEqual([])
})

function resolve(file: string, target: string): string {
  const parts = file.replace('./', '').split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}

function top(path: string): string {
  return path.split('/')[0] ?? ''
}

function second(path: string): string {
  return path.split('/')[1] ?? ''
}
