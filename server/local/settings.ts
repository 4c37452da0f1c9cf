import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LauncherError } from './data-folder.ts'

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
  const port = readPort(env.PORT) || (await freePortOn(host))
  return {
    is_reset: words.includes('--reset'),
    is_production: env.LEEMA_ENV === 'production',
    data_folder: env.LEEMA_DATA ? resolve(env.LEEMA_DATA) : resolve(PROJECT, '.leema'),
    is_default_folder: !env.LEEMA_DATA,
    host,
    port,
    public_url: env.PUBLIC_URL || `http://localhost:${port}`,
  }
}

/** True when a program could listen there now. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer()
    probe.once('error', () => answer(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => answer(true)))
  })
}

/** The wanted port when it is free, else any other. */
export async function portOrFree(wanted: number, host: string): Promise<number> {
  return wanted <= 65_535 && (await isPortFree(wanted, host)) ? wanted : freePortOn(host)
}

function freePortOn(host: string): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(new LauncherError(`HOST=${host} cannot be used: ${error.message}`)))
    probe.listen({ port: 0, host }, () => {
      const address = probe.address()
      probe.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** 0 asks for any free port. */
function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 8000
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new LauncherError('PORT must be a number between 0 and 65535 (0: any free port).')
  }
  return Number(text)
}
