#!/usr/bin/env node
// The types that the web speaks to the server with are made from docs/api/openapi.json and committed. Makes them anew
// and compares; the committed file stays as it was.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './install.mjs'
import { report } from './project-files.mjs'

const file = 'web/src/api/generated/schema.ts'
const path = join(PROJECT, file)
if (!existsSync(path)) report([`${file} is missing: npm run generate -w web`], '')

const committed = readFileSync(path, 'utf8')
const made = spawnSync('npm', ['run', '--silent', 'generate', '--workspace', 'web'], {
  cwd: PROJECT,
  encoding: 'utf8',
})
const fresh = readFileSync(path, 'utf8')
if (fresh !== committed) writeFileSync(path, committed)

if (made.status !== 0) report([`the generator failed:\n${made.stderr}${made.stdout}`], '')
report(
  fresh === committed ? [] : [`${file} is stale: npm run generate -w web`],
  `${file} fits docs/api/openapi.json`,
)
