import { ApiProblem } from './problem.ts'

/**
 * Events of the server over a socket (contract part 3). Opened when the first listener comes and closed after the
 * last one left; a lost connection is opened again with growing, jittered pauses.
 */
export type LiveEvent = { event: string; id: string | null; data: unknown }
export type LiveStatus = 'off' | 'connecting' | 'on'

export type LivePorts = {
  /** A one-time ticket; throws when there is none to be had. */
  ticket(): Promise<string>
  open(ticket: string): WebSocket
  random(): number
}

export type Live = ReturnType<typeof createLive>

const PAUSE_FIRST_MS = 1_000
const PAUSE_MAX_MS = 30_000
const PING_EVERY_MS = 25_000
/** Ids kept to drop an event that is delivered twice. */
const SEEN_MAX = 200

export function createLive(ports: LivePorts) {
  const listeners = new Set<(event: LiveEvent) => void>()
  const statusListeners = new Set<() => void>()
  const seen = new Set<string>()
  let status: LiveStatus = 'off'
  let socket: WebSocket | null = null
  let failures = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let ping: ReturnType<typeof setInterval> | undefined
  // Counts attempts, so that an answer to an abandoned one is recognised as late.
  let attempt = 0

  function become(next: LiveStatus) {
    if (status === next) return
    status = next
    for (const listener of statusListeners) listener()
  }

  async function connect() {
    const mine = ++attempt
    become('connecting')
    try {
      const ticket = await ports.ticket()
      if (mine !== attempt) return
      wire(ports.open(ticket))
    } catch (error) {
      if (mine === attempt) tryLater(error instanceof ApiProblem ? error.retry_after_s : null)
    }
  }

  function wire(opened: WebSocket) {
    socket = opened
    opened.addEventListener('open', () => {
      failures = 0
      become('on')
      ping = setInterval(
        () => opened.send(JSON.stringify({ type: 'ping', timestamp: Date.now() })),
        PING_EVERY_MS,
      )
    })
    opened.addEventListener('message', (message: MessageEvent<unknown>) => deliver(message.data))
    opened.addEventListener('close', () => {
      clearInterval(ping)
      if (socket !== opened) return
      socket = null
      tryLater()
    })
  }

  function deliver(raw: unknown) {
    const event = parse(raw)
    if (!event || (event.id !== null && seen.has(event.id))) return
    if (event.id !== null) remember(event.id)
    for (const listener of listeners) listener(event)
  }

  function remember(id: string) {
    seen.add(id)
    const [oldest] = seen
    if (seen.size > SEEN_MAX && oldest !== undefined) seen.delete(oldest)
  }

  /** Not before the time that the server has named. */
  function tryLater(retry_after_s: number | null = null) {
    become('off')
    if (listeners.size === 0) return
    const growing = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** failures) * (0.5 + ports.random() / 2)
    const pause = Math.max(growing, (retry_after_s ?? 0) * 1_000)
    failures += 1
    retry = setTimeout(() => void connect(), pause)
  }

  function close() {
    attempt += 1
    clearTimeout(retry)
    clearInterval(ping)
    const closing = socket
    socket = null
    closing?.close()
    become('off')
  }

  return {
    status: () => status,
    onStatus(listener: () => void) {
      statusListeners.add(listener)
      return () => {
        statusListeners.delete(listener)
      }
    },
    listen(listener: (event: LiveEvent) => void) {
      listeners.add(listener)
      if (listeners.size === 1) void connect()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) close()
      }
    },
  }
}

function parse(raw: unknown): LiveEvent | null {
  try {
    const message: unknown = JSON.parse(String(raw))
    if (
      typeof message !== 'object' ||
      message === null ||
      !('event' in message) ||
      typeof message.event !== 'string'
    )
      return null
    const id = 'id' in message && message.id !== undefined && message.id !== null ? String(message.id) : null
    return { event: message.event, id, data: 'data' in message ? message.data : null }
  } catch {
    return null
  }
}
