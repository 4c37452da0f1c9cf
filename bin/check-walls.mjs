#!/usr/bin/env node
// Runs dependency-cruiser and does not believe a silent success: with a TypeScript that it cannot use it once saw no
// module at all and passed. It must have seen every module there is.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './install.mjs'
import { filesBelow, report, rootFromWords } from './project-files.mjs'

const server = join(rootFromWords(), 'server')
const config = join(server, '.dependency-cruiser.mjs')
const program = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')

const cruised = spawnSync(process.execPath, [program, '--config', config, '--output-type', 'json', 'src'], {
  cwd: server,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
})
if (!cruised.stdout.startsWith('{')) {
  report([`dependency-cruiser did not run:\n${cruised.stderr}${cruised.stdout}`], '')
}
const { modules, summary } = JSON.parse(cruised.stdout)
const seen = new Set(modules.map((module) => module.source))
const unseen = filesBelow(join(server, 'src'), server).filter(
  (file) => file.endsWith('.ts') && !seen.has(file),
)
const findings = [
  ...summary.violations
    .filter((violation) => violation.rule.severity === 'error')
    .map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`),
  ...unseen.map((file) => `not seen by the check: server/${file}`),
  ...unlistedSlices(),
]
if (seen.size === 0) findings.push('no module was seen')
report(
  findings,
  `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports: every wall stands`,
)

/** Rules see only files that import something; the table of slices must name every folder. */
function unlistedSlices() {
  const folder = join(server, 'src/domains')
  if (!existsSync(folder)) return []
  const table = readFileSync(config, 'utf8')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !new RegExp(`^\\s*['"]?${entry.name}['"]?:`, 'm').test(table))
    .map((entry) => `slice ${entry.name} is not in the table of server/.dependency-cruiser.mjs`)
}
