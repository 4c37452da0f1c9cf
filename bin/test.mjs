#!/usr/bin/env node
// `npm test`: every check and every test, numbered and timed; nothing stops it but a machine that cannot run them.
// `npm test -- words` runs only the tests whose file names hold one of the words.
// Runs on Node 20 and before anything is installed: built-in modules only.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
import { prepareMachine } from './machine.mjs'
import { beginStep, say } from './progress.mjs'

/** Each counts as one, passed or failed. */
const CHECKS = [
  ['format and lint', 'check:lint'],
  ['types', 'check:types'],
  ['walls between the slices', 'check:walls'],
  ['ownership of tables', 'check:sql-ownership'],
  ['schema.sql is what the migrations make', 'check:schema'],
  ['openapi.json is what the routes say', 'check:openapi'],
  ['the web client is made from openapi.json', 'check:web-client'],
  ['documents name what exists', 'check:docs'],
  ['no secrets in the files', 'check:secrets'],
  ['no dead code', 'check:dead-code'],
  ['the web pages build', 'build:web'],
]
/** Vitest projects; each of their tests counts as one. */
const SUITES = ['server', 'web', 'browser']

const filters = process.argv.slice(2)
const checks = filters.length > 0 ? [] : CHECKS
const total = 2 + checks.length + SUITES.length
const counts = { passed: 0, failed: 0 }
let number = 0
let current

async function main() {
  const began = performance.now()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal))
  await prepare()
  for (const [title, script] of checks) await check(title, script)
  for (const suite of SUITES) await runSuite(suite)
  if (filters.length > 0 && counts.passed + counts.failed === 0) {
    say(`No test file has ${filters.join(' or ')} in its name.`)
    counts.failed++
  }
  say(`\n${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
  finish()
}

/** Not counted: without these nothing can be said at all. */
async function prepare() {
  assertPlatform()
  await step('installing dependencies', async (shown) => {
    const missing = missingDependencies()
    if (missing) await installDependencies(shown.note, onStart)
    return { remark: missing }
  })
  await step('programs of the machine', async (shown) => ({ remark: await prepareMachine(shown.note) }))
}

async function check(title, script) {
  await step(title, async (shown) => {
    const { code, text } = await run('npm', ['run', '--silent', script], {
      env: projectEnvironment(),
      onLine: shown.note,
      onStart,
    })
    counts[code === 0 ? 'passed' : 'failed']++
    return code === 0 ? {} : { output: `${text.trim()}\n\n(again: npm run ${script})` }
  })
}

async function runSuite(name) {
  await step(`tests: ${name}`, async (shown) => {
    const folder = mkdtempSync(join(tmpdir(), 'leema-test-report-'))
    const report = join(folder, 'report.json')
    const args = [
      join(PROJECT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      name,
      '--passWithNoTests',
    ]
    args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters)
    const env = testEnvironment()
    const { code, text } = await run(projectNode(), args, { env, onLine: shown.note, onStart })
    const result = readReport(report, code)
    rmSync(folder, { recursive: true, force: true })
    counts.passed += result.passed
    counts.failed += result.failed
    const remark = `${result.passed} passed${result.failed ? `, ${result.failed} failed` : ''}`
    return result.failed === 0
      ? { remark }
      : { remark, output: [text.trim(), ...result.complaints].join('\n') }
  })
}

/** Whatever the person has set up for real use, a test must not touch it. */
function testEnvironment() {
  const real = /^(DATABASE|REDIS|S3|SMTP|MAIL|GOOGLE|PAYPAL|LEEMA)_|^(PORT|HOST|.*_URL|.*_ORIGINS|NODE_ENV)$/
  const kept = Object.entries(projectEnvironment()).filter(([name]) => !real.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1', LEEMA_ENV_FILE: '' }
}

/** A test that did not run says nothing, so a skipped one counts as failed; so does a file that could not be loaded. */
function readReport(file, code) {
  const result = { passed: 0, failed: 0, complaints: [] }
  for (const { name, status, message, assertionResults } of readFiles(file)) {
    const failed = assertionResults.filter((test) => test.status !== 'passed')
    result.passed += assertionResults.length - failed.length
    result.failed += failed.length
    for (const test of failed.filter((one) => one.status !== 'failed')) {
      result.complaints.push(`not run (${test.status}): ${name}: ${test.fullName}`)
    }
    if (status === 'failed' && failed.length === 0) {
      result.failed++
      result.complaints.push(`could not be run: ${name}: ${message}`)
    }
  }
  if (code !== 0 && result.failed === 0) {
    result.failed++
    result.complaints.push(`vitest ended with ${code} although no test failed: see above`)
  }
  return result
}

function readFiles(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults
  } catch {
    return []
  }
}

async function step(title, work) {
  number++
  const shown = beginStep(number, total, title)
  try {
    const { remark, output } = await work(shown)
    if (!output) return shown.done(remark)
    shown.fail(remark)
    say(`\n${output}\n`)
  } catch (error) {
    shown.fail()
    throw error
  } finally {
    current = undefined
  }
}

function onStart(child) {
  current = child
}

function end(signal) {
  current?.kill(signal)
  say('\nInterrupted.')
  counts.failed++
  finish()
}

/** The last line, whatever happened before. */
function finish() {
  say(`${counts.passed} passed, ${counts.failed} failed`)
  process.exit(counts.failed > 0 ? 1 : 0)
}

main().catch((error) => {
  say(`\n${error instanceof Refusal ? error.message : error.stack}\n`)
  counts.failed++
  finish()
})
