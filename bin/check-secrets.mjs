#!/usr/bin/env node
// A secret that was committed once is known for ever: the files and every line that a commit ever added are read. Looks
// for private keys, tokens of known shapes, and assignments of random-looking text to names such as "password". A line
// that must stay says why: `secret-scan: allow, REASON`.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectFiles, report, rootFromWords } from './project-files.mjs'

const BYTES_MAX = 1_000_000
const ALLOWED = /secret-scan: allow, \S+/
// Below this many bits per character text is words, not randomness: "change-me-in-production" has 3.5.
const BITS_MIN = 3.6

const SHAPES = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['a private JSON Web Key', /"?\bd"?\s*:\s*["'][\w-]{42,}["'].*|"kty".*"d"\s*:/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_\w{36,}|github_pat_\w{50,})\b/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a Google API key', /\bAIza[\w-]{35}\b/],
  ['a Google client secret', /\bGOCSPX-[\w-]{20,}/],
  ['a Slack token', /\bxox[abprs]-[\w-]{10,}/],
  ['a Stripe key', /\b[rs]k_live_\w{16,}/],
  ['a Telegram bot token', /\b\d{8,10}:AA[\w-]{33}\b/],
  ['an OpenAI key', /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,}/],
  ['a JSON Web Token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/],
  ['a password inside an address', /\b[a-z][a-z0-9+]*:\/\/[^\s:/@'"`$<>{}]+:([^\s:/@'"`$<>{}]{12,})@/],
]
const ASSIGNMENT =
  /\b[\w-]*(?:secret|passw(?:or)?d|token|api[_-]?key|private[_-]?key|access[_-]?key|encryption[_-]?key|signing[_-]?key)[\w-]*["']?\s*[:=]\s*["'`]?([A-Za-z0-9+/=_-]{20,})["'`]?/gi

// Lines that stand in the history without their mark and were looked at, as SHA-256: a commit cannot be marked later.
const REVIEWED = new Set([
  // The private key that RFC 7515 prints in its appendix A.3: our start refuses it.
  '3dea32008683f6b6512c19f63768b0249c1a0dc0ff2c7deb4f6b45a1139a47b6',
  // The made-up password of a test that it is never shown.
  'ee35544e1dbf93042c193ea76760fe5e6e0491955c670a4b00aa357fed07bbbb',
])

const root = rootFromWords()
const files = projectFiles(root).filter(isReadable)
const history = addedLines(root)
const findings = [...files.flatMap((file) => checkFile(file)), ...checkHistory(history)]
if (files.length === 0) findings.push('no file was found: the check saw nothing')
report(findings, `${files.length} files and ${history.length} lines of history hold no secret`)

function isReadable(file) {
  const path = join(root, file)
  return (
    !file.endsWith('package-lock.json') &&
    existsSync(path) &&
    statSync(path).isFile() &&
    statSync(path).size <= BYTES_MAX
  )
}

function checkFile(file) {
  const bytes = readFileSync(join(root, file))
  if (bytes.includes(0)) return []
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (ALLOWED.test(line)) return []
      // The finding itself must not print the secret: the output of checks is kept and shown.
      return whatIsIn(line).map((what) => `${file}:${index + 1}: ${what}`)
    })
}

/** What a commit added and a later one took away is in every clone. Files that are too large to read are left out here too. */
function addedLines(folder) {
  const top = spawnSync('git', ['rev-parse', '--show-toplevel'], { cwd: folder, encoding: 'utf8' })
  if (top.stdout?.trim() !== folder) return []
  const flags = [
    '--all',
    '-p',
    '--unified=0',
    '--no-renames',
    '--no-color',
    '--no-ext-diff',
    '--format=commit %h',
  ]
  const log = spawnSync('git', ['log', ...flags, '--', '.', ':!package-lock.json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (log.status !== 0) return []
  const lines = []
  let commit = ''
  let file = ''
  for (const line of log.stdout.split('\n')) {
    if (line.startsWith('commit ')) commit = line.slice('commit '.length)
    else if (line.startsWith('+++ ')) file = line.slice('+++ b/'.length)
    else if (line.startsWith('+')) lines.push({ commit, file, text: line.slice(1) })
  }
  return lines
}

function checkHistory(lines) {
  const found = lines.filter(
    ({ text }) => text.length <= BYTES_MAX && !ALLOWED.test(text) && whatIsIn(text).length > 0,
  )
  const named = found
    .filter(({ text }) => !REVIEWED.has(createHash('sha256').update(text).digest('hex')))
    .flatMap(({ commit, file, text }) => whatIsIn(text).map((what) => `commit ${commit}, ${file}: ${what}`))
  return [...new Set(named)]
}

function whatIsIn(line) {
  const shapes = SHAPES.filter(([, shape]) => shape.test(line) && isRandomEnough(shape.exec(line)?.[1])).map(
    ([what]) => what,
  )
  if (shapes.length > 0) return shapes
  const values = [...line.matchAll(ASSIGNMENT)].map(([, value]) => value)
  return values.some(looksRandom) ? ['random-looking text given to a secret name'] : []
}

function isRandomEnough(password) {
  return password === undefined || looksRandom(password)
}

function looksRandom(text) {
  const has_both = /[A-Za-z]/.test(text) && /\d/.test(text)
  // identifiers_like_this and Paths/like/this are names, whatever their letters.
  const is_name = /^[a-z]+([_-][a-z0-9]+)*$|^([A-Z]+_)+[A-Z0-9]+$|^[a-z]+([A-Z][a-z]*)+\d?$/.test(text)
  return has_both && !is_name && bitsPerCharacter(text) >= BITS_MIN
}

/** Shannon entropy. */
function bitsPerCharacter(text) {
  const counts = new Map()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  )
}
