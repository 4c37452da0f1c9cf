import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LauncherError } from './data-folder.ts'
import { isErrnoError } from './process-table.ts'

/** Root of the project. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url))

/** What the caller chose by words and environment. */
export type Settings = {
  is_reset: boolean
  is_production: boolean
  data_folder: string
  is_default_folder: boolean
  host: string
  port: number
  /** Held already when any free port was asked for; the addresses need its number. */
  held_port: HeldPort | undefined
  /** Origin that browsers use. */
  public_url: string
}

export const HELP = `npm start                 starts everything on this machine
npm start -- --reset      removes all data of this installation first

Environment: PORT (8000), HOST (127.0.0.1), PUBLIC_URL, LEEMA_DATA (.leema); every other variable is in .env.example.`

/** @throws LauncherError naming the word or variable that cannot be used */
export async function readSettings(words: string[], env: NodeJS.ProcessEnv): Promise<Settings> {
  const unknown = words.find((word) => word !== '--reset')
  if (unknown) throw new LauncherError(`Unknown option ${unknown}.\n\n${HELP}`)
  const host = env.HOST || '127.0.0.1'
  const wanted = readPort(env.PORT)
  const is_production = env.LEEMA_ENV === 'production'
  const held_port = wanted === 0 && !is_production ? await holdPortNear(0, host) : undefined
  const port = held_port?.port ?? wanted
  return {
    is_reset: words.includes('--reset'),
    is_production,
    data_folder: env.LEEMA_DATA ? resolve(env.LEEMA_DATA) : resolve(PROJECT, '.leema'),
    is_default_folder: !env.LEEMA_DATA,
    host,
    port,
    held_port,
    public_url: env.PUBLIC_URL || `http://localhost:${port}`,
  }
}

/** A port that nobody else can take until the program it is meant for is started. */
export type HeldPort = { port: number; release: () => Promise<void> }

/** Takes a port, 0 for any free one; undefined when another program has it. @throws LauncherError when HOST is unusable */
export function holdPort(wanted: number, host: string): Promise<HeldPort | undefined> {
  return new Promise((resolvePort, reject) => {
    // Whoever knocks before the program is there is sent away at once and not left waiting.
    const holder = createServer((socket) => socket.destroy())
    holder.once('error', (error) => {
      if (isErrnoError(error) && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
        resolvePort(undefined)
      else reject(new LauncherError(`HOST=${host} cannot be used: ${error.message}`))
    })
    holder.listen({ port: wanted, host, exclusive: true }, () => {
      const address = holder.address()
      const port = typeof address === 'object' && address ? address.port : wanted
      resolvePort({ port, release: () => new Promise((done) => holder.close(() => done())) })
    })
  })
}

/** The wanted port when it is free, else any other. */
export async function holdPortNear(wanted: number, host: string): Promise<HeldPort> {
  const held = (wanted <= 65_535 ? await holdPort(wanted, host) : undefined) ?? (await holdPort(0, host))
  if (!held) throw new LauncherError(`No port is free on ${host}.`)
  return held
}

/** 0 asks for any free port. */
function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 8000
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new LauncherError('PORT must be a number between 0 and 65535 (0: any free port).')
  }
  return Number(text)
}
