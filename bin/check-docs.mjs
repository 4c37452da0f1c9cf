#!/usr/bin/env node
// Documents that name what is not there mislead more than no documents. Checks, in every Markdown file: each relative
// link and each path of the project, each `npm run …`; then that slices have their README and face, and that the
// numbers of decision records are unique.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectFiles, report, rootFromWords } from './project-files.mjs'

const root = rootFromWords()
const files = projectFiles(root).filter((file) => existsSync(join(root, file)))
const documents = files.filter((file) => file.endsWith('.md'))
const scripts = readScripts('package.json')
const workspace_scripts = { server: readScripts('server/package.json'), web: readScripts('web/package.json') }
const tops = new Set(files.map((file) => file.split('/')[0]))

const findings = [...documents.flatMap(checkDocument), ...checkSlices(), ...checkDecisions()]
if (documents.length === 0) findings.push('no Markdown file was found: the check saw nothing')
report(findings, `${documents.length} documents agree with the project`)

function checkDocument(file) {
  const text = readFileSync(join(root, file), 'utf8')
  const lines = text.split('\n')
  return lines.flatMap((line, index) =>
    [...missingLinks(file, line), ...missingPaths(file, line), ...missingCommands(line)].map(
      (what) => `${file}:${index + 1}: ${what}`,
    ),
  )
}

function missingLinks(file, line) {
  const targets = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target.split('#')[0])
  return targets
    .filter((target) => target !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(target) && !target.startsWith('/'))
    .filter((target) => !existsSync(join(root, dirname(file), decodeURI(target))))
    .map((target) => `link to ${target}, which does not exist`)
}

/** Code spans that are paths: `server/src/main.ts`, `bin/start.mjs`; names with placeholders are not. */
function missingPaths(file, line) {
  return codeSpans(line)
    .filter((span) => /^[\w.@-]+(\/[\w.@-]+)+\/?$/.test(span) && tops.has(span.split('/')[0]))
    .filter((span) => !existsSync(join(root, span)) && !existsSync(join(root, dirname(file), span)))
    .map((span) => `path ${span}, which does not exist`)
}

function missingCommands(line) {
  const named = [...line.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)(?: (?:-w|--workspace)[ =](\w+))?/g)]
  return named
    .filter(
      ([, run, short, workspace]) => !(workspace ? workspace_scripts[workspace] : scripts)?.[run ?? short],
    )
    .map(([command]) => `"${command}", which package.json does not have`)
}

function codeSpans(line) {
  return [...line.matchAll(/`([^`]+)`/g)].map(([, span]) => span.trim())
}

function checkSlices() {
  const folder = join(root, 'server/src/domains')
  if (!existsSync(folder)) return ['server/src/domains does not exist']
  const slices = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  const reached = slicesReachedFromOutside()
  return slices.flatMap((slice) => [
    ...(existsSync(join(folder, slice, 'README.md')) ? [] : [`slice ${slice} has no README.md`]),
    ...(reached.has(slice) && !existsSync(join(folder, slice, 'public.ts'))
      ? [`slice ${slice} has no public.ts`]
      : []),
  ])
}

function slicesReachedFromOutside() {
  const code = files.filter((file) => /^server\/src\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
  return new Set(
    code.flatMap((file) => {
      const own = /^server\/src\/domains\/([^/]+)\//.exec(file)?.[1]
      const text = readFileSync(join(root, file), 'utf8')
      return [...text.matchAll(/from '#domains\/([\w-]+)\/public\.ts'/g)]
        .map(([, slice]) => slice)
        .filter((slice) => slice !== own)
    }),
  )
}

function checkDecisions() {
  const records = files.filter(
    (file) => file.startsWith('docs/adr/') && file.endsWith('.md') && !file.endsWith('README.md'),
  )
  const seen = new Map()
  return records.flatMap((file) => {
    const number = /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]
    if (!number) return [`${file}: decision records are called NNNN-the-decision.md`]
    const other = seen.get(number)
    seen.set(number, file)
    return other ? [`${file}: number ${number} is taken by ${other}`] : []
  })
}

function readScripts(file) {
  const path = join(root, file)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).scripts ?? {}) : {}
}
