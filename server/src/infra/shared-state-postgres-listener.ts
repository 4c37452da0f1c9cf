import { createHash } from 'node:crypto'
import pg from 'pg'
import type { Logger } from './log.ts'
import { type Listener, SharedStateUnavailable, type Unsubscribe, within } from './shared-state.ts'

const ANSWER_MS = 3_000
const CONNECT_MS = 5_000
export const BEAT_MS = 15_000
const BACKOFF_FIRST_MS = 100
const BACKOFF_LAST_MS = 5_000

/** A Postgres channel is an identifier of at most 63 bytes; ours may be any text. */
export function channelName(channel: string): string {
  return `leema_${createHash('sha256').update(channel).digest('hex').slice(0, 40)}`
}

/**
 * The one connection of a process that LISTENs. It opens with the first subscription, comes back by itself with
 * growing pauses and then listens to everything again; messages of the gap are lost, as with any pub/sub.
 */
export class PostgresListener {
  readonly #config: pg.ClientConfig
  readonly #log: Logger
  readonly #beat_ms: number
  readonly #heard = new Map<string, Set<Listener>>()
  #client: pg.Client | undefined
  #connecting: Promise<pg.Client> | undefined
  #reconnect: NodeJS.Timeout | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #pause_ms = BACKOFF_FIRST_MS
  #closed = false
  /** Deliveries one after the other: a long message must be fetched, and a short one must not overtake it. */
  #delivered: Promise<unknown> = Promise.resolve()
  /** Questions on the one connection, also one after the other. */
  #asked: Promise<unknown> = Promise.resolve()

  constructor(options: { config: pg.ClientConfig; log: Logger; beat_ms: number }) {
    this.#config = options.config
    this.#log = options.log
    this.#beat_ms = options.beat_ms
  }

  async subscribe(channel: string, listener: Listener): Promise<Unsubscribe> {
    const name = channelName(channel)
    // A wrapper of its own, so that the same function may subscribe twice.
    const heard: Listener = (message) => listener(message)
    this.#heard.set(name, (this.#heard.get(name) ?? new Set()).add(heard))
    try {
      const client = await this.#connected()
      // Also when another listener is there already: its LISTEN may still be under way.
      await this.#ask(client, { text: `listen ${name}` })
    } catch (error) {
      await this.#forget(name, heard)
      throw error instanceof SharedStateUnavailable ? error : new SharedStateUnavailable('subscribe', error)
    }
    return () => this.#forget(name, heard)
  }

  /** @throws SharedStateUnavailable while somebody wants to hear and the connection is down */
  assertConnected(): void {
    if (this.#heard.size > 0 && !this.#client)
      throw new SharedStateUnavailable('listen', new Error('not connected'))
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#heard.clear()
    clearTimeout(this.#reconnect)
    await this.#connecting?.catch(() => undefined)
    clearInterval(this.#heartbeat)
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }

  async #forget(name: string, heard: Listener): Promise<void> {
    const listeners = this.#heard.get(name)
    if (!listeners?.delete(heard) || listeners.size > 0) return
    this.#heard.delete(name)
    // When the connection is down there is nothing to take back: only what is in the map is listened to again.
    if (this.#client) await this.#ask(this.#client, { text: `unlisten ${name}` }).catch(() => undefined)
  }

  #connected(): Promise<pg.Client> {
    if (this.#client) return Promise.resolve(this.#client)
    clearTimeout(this.#reconnect)
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  async #open(): Promise<pg.Client> {
    if (this.#closed) throw new Error('closed')
    const client = new pg.Client(this.#config)
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client))
    client.on('notification', (notice) => this.#queue(client, notice.channel, notice.payload ?? ''))
    try {
      await within('connect', CONNECT_MS, client.connect())
      const names = [...this.#heard.keys()]
      if (names.length > 0)
        await within('listen', ANSWER_MS, client.query(names.map((name) => `listen ${name}`).join('; ')))
    } catch (error) {
      client.end().catch(() => undefined)
      this.#retryLater()
      throw error
    }
    this.#client = client
    this.#pause_ms = BACKOFF_FIRST_MS
    this.#heartbeat = setInterval(() => void this.#beat(client), this.#beat_ms).unref()
    return client
  }

  /** A peer that vanished without a word (a cut cable, a firewall) is only noticed by asking. */
  async #beat(client: pg.Client): Promise<void> {
    try {
      await this.#ask(client, { text: 'select 1' })
    } catch (error) {
      this.#lost(client, error)
      client.end().catch(() => undefined)
    }
  }

  #lost(client: pg.Client, err?: unknown): void {
    if (this.#client !== client) return
    this.#client = undefined
    clearInterval(this.#heartbeat)
    this.#log.warn({ event: 'shared_state.listener_lost', err }, 'listening connection lost')
    client.end().catch(() => undefined)
    this.#retryLater()
  }

  #retryLater(): void {
    if (this.#closed || this.#heard.size === 0) return
    clearTimeout(this.#reconnect)
    // Half of the pause is random, so that the processes of an installation do not come back all at once.
    const pause_ms = this.#pause_ms / 2 + Math.random() * (this.#pause_ms / 2)
    this.#pause_ms = Math.min(this.#pause_ms * 2, BACKOFF_LAST_MS)
    this.#reconnect = setTimeout(() => {
      this.#connected().then(
        () => this.#log.info({ event: 'shared_state.listener_back' }, 'listening connection is back'),
        (err: unknown) =>
          this.#log.warn({ event: 'shared_state.listener_away', err }, 'listening connection refused'),
      )
    }, pause_ms)
  }

  #queue(client: pg.Client, name: string, payload: string): void {
    this.#delivered = this.#delivered.then(async () => {
      try {
        const message = payload.startsWith('@')
          ? await this.#fetchLong(client, payload.slice(1))
          : payload.slice(1)
        for (const listener of this.#heard.get(name) ?? []) this.#tell(listener, message)
      } catch (err) {
        this.#log.warn({ event: 'shared_state.message_lost', err }, 'published message could not be fetched')
      }
    })
  }

  #tell(listener: Listener, message: string): void {
    try {
      listener(message)
    } catch (err) {
      this.#log.error({ event: 'shared_state.listener_threw', err }, 'listener of a channel threw')
    }
  }

  async #fetchLong(client: pg.Client, id: string): Promise<string> {
    const text = 'select body from shared.messages where id = $1::bigint'
    const found = await this.#ask<{ body: string }>(client, { name: 'shared_message', text, values: [id] })
    const body = found.rows[0]?.body
    if (body === undefined) throw new Error('message expired before it was read')
    return body
  }

  /** @throws SharedStateUnavailable also when the questions before it take too long */
  #ask<Row extends pg.QueryResultRow>(
    client: pg.Client,
    question: pg.QueryConfig,
  ): Promise<pg.QueryResult<Row>> {
    const answer = this.#asked.then(() => client.query<Row>(question))
    this.#asked = answer.catch(() => undefined)
    return within('listening connection', ANSWER_MS, answer)
  }
}
