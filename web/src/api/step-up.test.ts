import { afterEach, expect, test, vi } from 'vitest'
import { send } from './client.ts'
import { onStepUp } from './step-up.ts'

const cleanups: Array<() => void> = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
  vi.unstubAllGlobals()
})

/** A server that wants a recent proof until it has one. */
function server() {
  let proved = false
  const bodies: string[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    bodies.push(await request.text())
    return proved
      ? Response.json({ done: true })
      : Response.json({ code: 'reauth_required', detail: 'Sign in again' }, { status: 401 })
  })
  return {
    bodies,
    prove: () => {
      proved = true
    },
  }
}

const register = (ask: () => Promise<boolean>) => cleanups.push(onStepUp(ask))
const change = (body: string) => send(new Request('http://leema.test/api/v1/x', { method: 'POST', body }))

test('a change that wants a recent proof is repeated with its body once the person has given it', async () => {
  const { bodies, prove } = server()
  let asked = 0
  register(async () => {
    asked += 1
    prove()
    return true
  })
  const response = await change('{"a":1}')
  expect([response.status, asked, bodies]).toEqual([200, 1, ['{"a":1}', '{"a":1}']])
})

test('who declines gets the refusal, and nothing is sent again', async () => {
  const { bodies } = server()
  register(async () => false)
  const response = await change('{"a":1}')
  expect([response.status, (await response.json()).code, bodies.length]).toEqual([401, 'reauth_required', 1])
})

test('a proof that the server does not take is asked for once and not for ever', async () => {
  const { bodies } = server()
  let asked = 0
  register(async () => {
    asked += 1
    return true
  })
  expect((await change('x')).status).toBe(401)
  expect([asked, bodies.length]).toEqual([1, 2])
})

test('changes that are refused together share one question', async () => {
  const { bodies, prove } = server()
  let asked = 0
  register(async () => {
    asked += 1
    // The person needs longer than the second refusal.
    await new Promise((resolve) => setTimeout(resolve, 20))
    prove()
    return true
  })
  const responses = await Promise.all([change('a'), change('b'), change('c')])
  expect(responses.map((response) => response.status)).toEqual([200, 200, 200])
  expect([asked, bodies.length]).toEqual([1, 6])
})

test('the next refusal after an answered one is a new question', async () => {
  server()
  let asked = 0
  register(async () => {
    asked += 1
    return false
  })
  await change('a')
  await change('b')
  expect(asked).toBe(2)
})

test.each<[string, (() => Promise<boolean>) | null]>([
  ['nobody asks', null],
  ['the question breaks', () => Promise.reject(new Error('the dialog is gone'))],
])('when %s, the refusal stands', async (_when, ask) => {
  const { bodies } = server()
  if (ask) register(ask)
  expect((await change('a')).status).toBe(401)
  expect(bodies.length).toBe(1)
})

test('a dialog that has gone is not asked, and its going does not take away the next one', async () => {
  const { prove } = server()
  const gone = onStepUp(async () => false)
  register(async () => {
    prove()
    return true
  })
  gone()
  expect((await change('a')).status).toBe(200)
})
