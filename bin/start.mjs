#!/usr/bin/env node
// Runs on Node 20 and before anything is installed: built-in modules only.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  assertPlatform,
  installDependencies,
  missingDependencies,
  PROJECT,
  projectEnvironment,
  projectNode,
  Refusal,
  run,
} from './install.mjs'
import { beginStep } from './progress.mjs'

const STEPS = 6
const BUILD_RECORD = join(PROJECT, 'node_modules/.cache/leema/web-build.json')
const PARENT_CHECK_MS = 500

/** What must end with this process: one helper (npm) at a time, and then the launcher. */
const running = { helper: undefined, launcher: undefined }

async function main() {
  const began = Date.now()
  listenForTheEnd()
  const words = process.argv.slice(2)
  assertPlatform()
  if (!words.includes('--help')) {
    await step(1, 'Installing dependencies', async (shown) => {
      const missing = missingDependencies()
      if (missing) await installDependencies(shown.note, onStart)
      return missing
    })
    await step(2, 'Building the web pages', (shown) => buildWeb(shown.note))
  }
  runLauncher(words, began)
}

/** Builds the pages unless exactly these sources were built already. */
async function buildWeb(onLine) {
  const print = webPrint()
  const built = existsSync(BUILD_RECORD) ? JSON.parse(readFileSync(BUILD_RECORD, 'utf8')).print : ''
  if (print === built && existsSync(join(PROJECT, 'web/dist/index.html'))) return ''
  rmSync(BUILD_RECORD, { force: true })
  const { code, text } = await run('npm', ['run', 'build', '--workspace', 'web'], {
    // Whatever the caller's own is: a test runner's would make pages for developing.
    env: projectEnvironment({ NODE_ENV: 'production' }),
    onLine,
  })
  if (code !== 0) throw new Refusal(`The web pages could not be built:\n\n${text.trim()}`)
  mkdirSync(join(BUILD_RECORD, '..'), { recursive: true })
  writeFileSync(BUILD_RECORD, JSON.stringify({ print }))
  return 'sources changed'
}

function webPrint() {
  const hash = createHash('sha256')
  for (const file of [
    join(PROJECT, 'package-lock.json'),
    join(PROJECT, 'web/package.json'),
    ...filesBelow(join(PROJECT, 'web')),
  ]) {
    hash
      .update(`${file.slice(PROJECT.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  const not_built = ['node_modules', 'dist', 'e2e', 'coverage']
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !not_built.includes(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
    )
}

/** Everything else runs on the project's own Node; this process only passes on how it is to end. */
function runLauncher(words, began) {
  const launcher = spawn(projectNode(), [join(PROJECT, 'server/local/start.ts'), ...words], {
    env: projectEnvironment({ LEEMA_STARTED_MS: String(began) }),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  running.launcher = launcher
  launcher.on('message', (message) => process.send?.(message))
  launcher.once('error', (error) => refuse(error))
  launcher.once('exit', (code, signal) => process.exit(signal ? 1 : code))
}

function end(signal) {
  if (running.launcher) return running.launcher.kill(signal)
  running.helper?.kill(signal)
  process.exit(0)
}

function listenForTheEnd() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal))
  if (process.env.npm_lifecycle_event !== 'start' || !existsSync('/proc/self')) return
  // npm does not wait for us when it is told to stop, and when it is killed it cannot tell us: then we get another
  // parent. Between npm and us there may be a shell that outlives it.
  const parent = process.ppid
  const grandparent = /^(sh|dash|bash)$/.test(nameOf(parent)) ? parentOf(parent) : 0
  const was_late = parent === 1 && !/npm|yarn|bun/.test(commandOf(1))
  const timer = setInterval(() => {
    const is_same = process.ppid === parent && (grandparent <= 1 || parentOf(parent) === grandparent)
    if (is_same && !was_late) return
    clearInterval(timer)
    end('SIGTERM')
  }, PARENT_CHECK_MS)
}

function parentOf(pid) {
  return Number(statOf(pid).split(') ')[1]?.split(' ')[1] ?? 0)
}

function nameOf(pid) {
  return /\((.*)\)/.exec(statOf(pid))?.[1] ?? ''
}

function commandOf(pid) {
  return readProcess(pid, 'cmdline')
}

function statOf(pid) {
  return readProcess(pid, 'stat')
}

function readProcess(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

function onStart(child) {
  running.helper = child
}

async function step(number, title, work) {
  const shown = beginStep(number, STEPS, title)
  try {
    shown.done(await work(shown))
  } catch (error) {
    shown.fail()
    throw error
  }
}

function refuse(error) {
  process.stderr.write(`\n${error instanceof Refusal ? error.message : error.stack}\n`)
  process.exit(1)
}

main().catch(refuse)
