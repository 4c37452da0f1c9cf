import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

/** A program to start and what it needs in its environment. */
type Chromium = { path: string; env: Record<string, string> }

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/leema/', import.meta.url))
const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

// Without a sandbox because containers and root cannot have one; the browser only ever opens our own pages.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

/** Starts a headless browser: the one from npm, else the system's. Close it when done. */
export async function launchChromium(): Promise<Browser> {
  const { path, env } = findChromium()
  return chromium.launch({
    executablePath: path,
    headless: true,
    args: FLAGS,
    env: { ...ownEnvironment(), ...env },
  })
}

/**
 * Asked by `npm test` before it begins, too.
 * @throws Error saying what to install when no browser runs here
 * @public
 */
export function findChromium(): Chromium {
  const unpacked = unpackChromium()
  const found = [
    ...(unpacked ? fromNpm(unpacked) : []),
    ...SYSTEM_PATHS.map((path) => ({ path, env: {} })),
  ].find(runs)
  if (found) return found
  throw new Error('No browser runs here. On Debian: apt-get install -y chromium')
}

function fromNpm(folder: string): Chromium[] {
  const fonts = hasSystemFonts() ? {} : { FONTCONFIG_FILE: writeFontConfig(folder) }
  const path = join(folder, 'chromium')
  // Second choice: the package brings libnss3 and its kin for machines that do not have them.
  return [
    { path, env: fonts },
    { path, env: { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023/lib') } },
  ]
}

function runs({ path, env }: Chromium): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { env: { ...process.env, ...env } }).status === 0
}

/** Unpacks once per version into the project's own cache; undefined when the package has nothing for this machine. */
function unpackChromium(): string | undefined {
  const folder = join(CACHE, `chromium-${packageVersion()}-${process.arch}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${randomBytes(6).toString('hex')}`
  mkdirSync(unfinished, { recursive: true })
  const program = fileURLToPath(new URL('programs/unpack-chromium.ts', import.meta.url))
  const { status } = spawnSync(process.execPath, [program], { env: { ...process.env, TMPDIR: unfinished } })
  try {
    if (status !== 0) return undefined
    renameSync(unfinished, folder)
    return folder
  } catch (error) {
    if (existsSync(folder)) return folder // Another test process was quicker.
    throw error
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function packageVersion(): string {
  const lock = fileURLToPath(new URL('../../package-lock.json', import.meta.url))
  const entry = /"node_modules\/@sparticuz\/chromium": \{\s*"version": "([^"]+)"/.exec(
    readFileSync(lock, 'utf8'),
  )
  return entry?.[1] ?? 'unknown'
}

/** Without any font every text is blank. */
function hasSystemFonts(): boolean {
  return (
    existsSync('/etc/fonts/fonts.conf') &&
    existsSync('/usr/share/fonts') &&
    readdirSync('/usr/share/fonts', { recursive: true }).some((name) =>
      /\.(ttf|otf|ttc)$/i.test(String(name)),
    )
  )
}

function writeFontConfig(folder: string): string {
  const file = join(folder, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`,
  )
  return file
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
