/**
 * State that every process of the installation sees: limits, one-time tickets, revocations, caches, fan-out.
 * It may be lost (a restart of Redis, a crash of Postgres), so the truth of money, sessions and jobs is never here.
 * Keys, channels and values are text without NUL. Every call ends within seconds.
 * @throws SharedStateUnavailable from every function, when the store does not answer; the outcome is then unknown
 */
export interface SharedState {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttl_ms: number): Promise<void>
  /** True for exactly one of any number of callers, until the value expires or is deleted. */
  setIfAbsent(key: string, value: string, ttl_ms: number): Promise<boolean>
  /** Reads and deletes in one step: of any number of callers one gets the value. */
  take(key: string): Promise<string | null>
  delete(key: string): Promise<void>
  /** Counts one hit if the limit allows it. A refused hit is not counted, so waiting always helps. */
  hit(key: string, limit: number, window_ms: number): Promise<Hit>
  /** Reaches every subscriber that is connected now, in the order of one publisher; nobody else, and never twice. */
  publish(channel: string, message: string): Promise<void>
  /** Resolves when messages published from now on will arrive. Returns the way to stop. */
  subscribe(channel: string, listener: Listener): Promise<Unsubscribe>
  health(): Promise<void>
  close(): Promise<void>
}

export type Hit = {
  allowed: boolean
  /** Hits that would still be allowed at this moment. */
  remaining: number
  /** When refused: until the next hit can be allowed. When allowed: until the running window ends. */
  reset_ms: number
}

export type Listener = (message: string) => void
export type Unsubscribe = () => Promise<void>

/** The store does not answer, or not in time. */
export class SharedStateUnavailable extends Error {
  constructor(during: string, cause: unknown) {
    super(`shared state is away (${during})`, { cause })
    this.name = 'SharedStateUnavailable'
  }
}

/** A limit of nothing would still allow the first hit, and a window of nothing divides by zero. */
export function assertRule(limit: number, window_ms: number): void {
  if (Number.isSafeInteger(limit) && limit >= 1 && Number.isSafeInteger(window_ms) && window_ms >= 1) return
  throw new RangeError(`not a limit: ${limit} hits in ${window_ms} ms`)
}

/** @throws SharedStateUnavailable in place of whatever `work` throws or when it takes longer than `limit_ms` */
export async function within<T>(during: string, limit_ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limit_ms} ms`)), limit_ms)
  })
  try {
    return await Promise.race([work, limit])
  } catch (cause) {
    throw new SharedStateUnavailable(during, cause)
  } finally {
    clearTimeout(timer)
  }
}
