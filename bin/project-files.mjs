import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { PROJECT } from './install.mjs'

const NOT_OURS = new Set(['.git', 'node_modules', 'dist', 'coverage', '.leema'])

/** The folder to check: the first word after the command, for the tests of the checks; else the project. */
export function rootFromWords() {
  return resolve(process.argv[2] ?? PROJECT)
}

/** Paths of all files that belong to the project, relative to its root: what git tracks or would track. */
export function projectFiles(root) {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  const top = spawnSync('git', ['rev-parse', '--show-toplevel'], {
    cwd: root,
    encoding: 'utf8',
  }).stdout?.trim()
  // Outside of a repository, or in a folder of somebody else's, git has nothing to say.
  if (listed.status !== 0 || resolve(top ?? '') !== root) return filesBelow(root, root)
  return [...new Set(listed.stdout.split('\0').filter(Boolean))].sort()
}

/** Files below a folder, relative to `root`, in a fixed order. */
export function filesBelow(folder, root) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path, root) : [relative(root, path)]
    })
}

/** Prints the findings or the good news, and ends the process accordingly. */
export function report(findings, good_news) {
  for (const finding of findings) process.stdout.write(`${finding}\n`)
  process.stdout.write(findings.length > 0 ? `\n${findings.length} findings\n` : `${good_news}\n`)
  process.exit(findings.length > 0 ? 1 : 0)
}
