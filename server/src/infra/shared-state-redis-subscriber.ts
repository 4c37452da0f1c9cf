import { randomUUID } from 'node:crypto'
import type { Logger } from './log.ts'
import { type Listener, SharedStateUnavailable, type Unsubscribe, within } from './shared-state.ts'
import type { RedisClient } from './shared-state-redis-client.ts'

const SUBSCRIBE_MS = 3_000
const ECHO_MS = 3_000
export const BEAT_MS = 10_000

export type RedisSubscriberOptions = {
  make: () => RedisClient
  publish: (channel: string, message: string) => Promise<unknown>
  log: Logger
  beat_ms: number
}

/**
 * The connection of a process that subscribes. ioredis reconnects and resubscribes; because it can fail at that
 * silently (a half-open socket, a cluster node that left), the process also sends itself a message now and then,
 * and replaces the connection when it does not hear it.
 */
export class RedisSubscriber {
  readonly #options: RedisSubscriberOptions
  readonly #heard = new Map<string, Set<Listener>>()
  readonly #echo_channel = `leema:echo:${randomUUID()}`
  #client: RedisClient | undefined
  #beat: NodeJS.Timeout | undefined
  #checking = false
  #closed = false

  constructor(options: RedisSubscriberOptions) {
    this.#options = options
  }

  async subscribe(channel: string, listener: Listener): Promise<Unsubscribe> {
    if (this.#closed) throw new SharedStateUnavailable('subscribe', new Error('closed'))
    const heard: Listener = (message) => listener(message)
    this.#heard.set(channel, (this.#heard.get(channel) ?? new Set()).add(heard))
    try {
      this.#client ??= this.#start()
      await within('subscribe', SUBSCRIBE_MS, this.#client.subscribe(channel))
    } catch (error) {
      this.#forget(channel, heard)
      throw error
    }
    return async () => this.#forget(channel, heard)
  }

  /** @throws SharedStateUnavailable while somebody wants to hear and the connection is down */
  assertConnected(): void {
    if (this.#client && this.#client.status !== 'ready') {
      throw new SharedStateUnavailable('subscribe', new Error('not connected'))
    }
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#beat)
    this.#heard.clear()
    this.#client?.disconnect()
  }

  #forget(channel: string, heard: Listener): void {
    const listeners = this.#heard.get(channel)
    if (!listeners?.delete(heard) || listeners.size > 0) return
    this.#heard.delete(channel)
    // Not waited for: nobody is told any more, and a later SUBSCRIBE follows on the same connection.
    if (!this.#closed) this.#client?.unsubscribe(channel).catch(() => undefined)
  }

  #start(): RedisClient {
    this.#beat ??= setInterval(() => void this.#checkEcho(), this.#options.beat_ms).unref()
    return this.#connect()
  }

  #connect(): RedisClient {
    const client = this.#options.make()
    client.on('message', (channel: string, message: string) => {
      if (client !== this.#client) return
      for (const listener of this.#heard.get(channel) ?? []) this.#tell(listener, message)
    })
    return client
  }

  #tell(listener: Listener, message: string): void {
    try {
      listener(message)
    } catch (err) {
      this.#options.log.error({ event: 'shared_state.listener_threw', err }, 'listener of a channel threw')
    }
  }

  async #checkEcho(): Promise<void> {
    const client = this.#client
    if (!client || this.#closed || this.#checking) return
    this.#checking = true
    const token = randomUUID()
    const heard = Promise.withResolvers<void>()
    const listener = (channel: string, message: string) => {
      if (channel === this.#echo_channel && message === token) heard.resolve()
    }
    client.on('message', listener)
    try {
      await within('subscribe echo', ECHO_MS, client.subscribe(this.#echo_channel))
      // A failure here says that Redis is away, not that the subscription is broken.
      const sent = await this.#options.publish(this.#echo_channel, token).then(
        () => true,
        () => false,
      )
      if (sent) await within('echo', ECHO_MS, heard.promise)
    } catch (err) {
      this.#options.log.warn(
        { event: 'shared_state.subscriber_deaf', err },
        'subscription is deaf, connecting anew',
      )
      await this.#renew(client)
    } finally {
      client.off('message', listener)
      this.#checking = false
    }
  }

  async #renew(old: RedisClient): Promise<void> {
    if (this.#client !== old || this.#closed) return
    this.#client = this.#connect()
    old.disconnect()
    const channels = [...this.#heard.keys()]
    if (channels.length > 0) await this.#client.subscribe(...channels).catch(() => undefined)
  }
}
