import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLive, type LiveEvent } from './live.ts'
import { ApiProblem } from './problem.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** As much of a socket as `createLive` uses, moved by hand. */
class HandSocket extends EventTarget {
  readonly sent: string[] = []
  closed = false
  send(frame: string) {
    this.sent.push(frame)
  }
  close() {
    this.closed = true
  }
  up() {
    this.dispatchEvent(new Event('open'))
  }
  down() {
    this.dispatchEvent(new Event('close'))
  }
  say(message: unknown) {
    this.dispatchEvent(
      new MessageEvent('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }),
    )
  }
}

function setUp(options: { tickets?: () => Promise<string> } = {}) {
  const sockets: HandSocket[] = []
  const live = createLive({
    ticket: options.tickets ?? (async () => 'ticket'),
    open: () => {
      const socket = new HandSocket()
      sockets.push(socket)
      // The members that createLive touches are all there.
      return socket as unknown as WebSocket
    },
    random: () => 1,
  })
  return { live, sockets }
}

test('connects for the first listener, and leaves with the last', async () => {
  const { live, sockets } = setUp()
  const stop = live.listen(() => undefined)
  const stopToo = live.listen(() => undefined)
  await vi.advanceTimersByTimeAsync(0)
  expect(sockets).toHaveLength(1)
  sockets[0]?.up()
  expect(live.status()).toBe('on')
  stop()
  expect(live.status()).toBe('on')
  stopToo()
  expect([live.status(), sockets[0]?.closed]).toEqual(['off', true])
})

test('an event delivered twice is told once; broken frames are dropped', async () => {
  const { live, sockets } = setUp()
  const heard: LiveEvent[] = []
  live.listen((event) => heard.push(event))
  await vi.advanceTimersByTimeAsync(0)
  sockets[0]?.up()
  sockets[0]?.say({ event: 'generation.processing', id: 'e1', data: { step: 'fitting' } })
  sockets[0]?.say({ event: 'generation.processing', id: 'e1', data: { step: 'fitting' } })
  sockets[0]?.say('not json')
  sockets[0]?.say({ type: 'pong' })
  expect(heard).toEqual([{ event: 'generation.processing', id: 'e1', data: { step: 'fitting' } }])
})

test('a lost connection comes back after pauses that double', async () => {
  const { live, sockets } = setUp()
  live.listen(() => undefined)
  await vi.advanceTimersByTimeAsync(0)
  for (const pause of [1_000, 2_000, 4_000]) {
    const before = sockets.length
    sockets.at(-1)?.down()
    expect(live.status()).toBe('off')
    await vi.advanceTimersByTimeAsync(pause - 1)
    expect(sockets).toHaveLength(before)
    await vi.advanceTimersByTimeAsync(1)
    expect(sockets).toHaveLength(before + 1)
  }
})

test('without a ticket it tries again instead of giving up', async () => {
  let asked = 0
  const { live, sockets } = setUp({
    tickets: async () => {
      asked += 1
      if (asked === 1) throw new Error('503')
      return 'ticket'
    },
  })
  live.listen(() => undefined)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([asked, sockets.length]).toEqual([2, 1])
})

test('when the server says how long to wait for a ticket, it is not asked before', async () => {
  let asked = 0
  const { live, sockets } = setUp({
    tickets: async () => {
      asked += 1
      if (asked === 1) throw new ApiProblem(429, { code: 'rate_limited' }, 50)
      return 'ticket'
    },
  })
  live.listen(() => undefined)
  await vi.advanceTimersByTimeAsync(49_999)
  expect([asked, sockets.length]).toEqual([1, 0])
  await vi.advanceTimersByTimeAsync(1)
  expect([asked, sockets.length]).toEqual([2, 1])
})

test('a ticket that arrives after everybody left opens nothing', async () => {
  let give: (ticket: string) => void = () => undefined
  const { live, sockets } = setUp({ tickets: () => new Promise((resolve) => (give = resolve)) })
  const stop = live.listen(() => undefined)
  stop()
  give('ticket')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sockets).toHaveLength(0)
})
