// What the tests need from the machine beside npm packages. Runs on Node 20: built-in modules only.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PROJECT, projectEnvironment, projectNode, Refusal, run } from './install.mjs'

/** Programs that npm does not have; each is really started by a test. */
const PROGRAMS = [
  { command: 'redis-server', debian: 'redis-server', why: 'shared state in Redis and Redis Cluster' },
]
const BROWSER = {
  command: 'chromium',
  debian: 'chromium',
  why: 'browser tests; the one from npm does not run here',
}

/** Installs what is missing when it may (root on Debian or Ubuntu). @throws Refusal saying exactly what to install */
export async function prepareMachine(onLine) {
  const missing = [
    ...PROGRAMS.filter(({ command }) => !isOnPath(command)),
    ...(hasBrowser() ? [] : [BROWSER]),
  ]
  if (missing.length === 0) return ''
  const packages = missing.map((part) => part.debian)
  const list = missing.map((part) => `  ${part.command}   (${part.why})`).join('\n')
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Refusal(
      `The tests need programs that this machine does not have:\n${list}\n\nOn Debian and Ubuntu, as root:\n  ${command}`,
    )
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { code, text } = await run('/bin/sh', ['-c', command], { env, onLine })
  const still = missing.filter((part) => (part === BROWSER ? !hasBrowser() : !isOnPath(part.command)))
  if (code !== 0 || still.length > 0) {
    throw new Refusal(
      `These could not be installed: ${still.map((part) => part.debian).join(', ')}\n\n${text.trim()}`,
    )
  }
  return `installed ${packages.join(', ')}`
}

function isOnPath(command) {
  // Debian keeps some servers where an ordinary user's PATH does not look.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Asks the very code that the tests start their browser with. */
function hasBrowser() {
  const ask = "import('#test/chromium.ts').then((m) => m.findChromium()).catch(() => process.exit(1))"
  const asked = spawnSync(projectNode(), ['--input-type=module', '--eval', ask], {
    cwd: join(PROJECT, 'server'),
    env: projectEnvironment(),
    stdio: 'ignore',
  })
  return asked.status === 0
}
