#!/usr/bin/env node
// A slice writes only the tables of its own schema, and reads those of others through their views (v_…). Reads what
// the code says, in both of its ways of saying it: builder calls and SQL text.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, report, rootFromWords } from './project-files.mjs'

const BUILDER_WRITE =
  /\.(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(\s*['"`]([a-z_]+)\.([a-z_0-9]+)/g
const BUILDER_READ =
  /\.(?:selectFrom|innerJoin|leftJoin|rightJoin|fullJoin|crossJoin|innerJoinLateral|leftJoinLateral|using)\(\s*['"`]([a-z_]+)\.([a-z_0-9]+)/g
const SQL_WRITE =
  /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from(?:\s+only)?|merge\s+into|truncate(?:\s+table)?|lock\s+table)\s+"?([a-z_]+)"?\."?([a-z_0-9]+)/gi
const SQL_READ = /\b(?:from|join)\s+(?:only\s+|lateral\s+)?"?([a-z_]+)"?\."?([a-z_0-9]+)/gi

const root = rootFromWords()
const domains = join(root, 'server/src/domains')
const schemas = knownSchemas()
const files = existsSync(domains)
  ? filesBelow(domains, root).filter(
      (file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)test-[^/]+\.ts$|test-support\.ts$/.test(file),
    )
  : []
let statements = 0
const findings = files.flatMap(checkFile)
if (files.length === 0) findings.push('no module was found below server/src/domains: the check saw nothing')
if (schemas.size === 0)
  findings.push('no "create schema" was found in server/migrations: the check knows no tables')
report(
  findings,
  `${files.length} modules, ${statements} uses of tables: each slice writes its own and reads others by view`,
)

/** The shape of a schema is the slice of the same name; everything else belongs to the infrastructure. */
function knownSchemas() {
  const folder = join(root, 'server/migrations')
  if (!existsSync(folder)) return new Set()
  const sql = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
  const found = [...sql.join('\n').matchAll(/create schema (?:if not exists )?([a-z_]+)/gi)].map(
    ([, name]) => name,
  )
  return new Set(found)
}

function checkFile(file) {
  const slice = file.split('/')[3]
  // Comments speak about tables, too.
  const text = readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|\s)\/\/.*$/gm, blank)
  const writes = [...usesOf(text, BUILDER_WRITE), ...usesOf(text, SQL_WRITE)]
  const written_at = new Set(writes.map((use) => use.end))
  // "delete from x.y" is a write and holds the words of a read.
  const reads = [...usesOf(text, BUILDER_READ), ...usesOf(text, SQL_READ)].filter(
    (use) => !written_at.has(use.end),
  )
  statements += writes.length + reads.length
  return [
    ...writes
      .filter((use) => use.schema !== slice)
      .map((use) => `${file}:${use.line}: ${slice} writes ${use.schema}.${use.table}, which is not its own`),
    ...reads
      .filter((use) => use.schema !== slice && !use.table.startsWith('v_'))
      .map(
        (use) =>
          `${file}:${use.line}: ${slice} reads ${use.schema}.${use.table}; others are read through their views (v_…)`,
      ),
  ]
}

function usesOf(text, pattern) {
  return [...text.matchAll(pattern)]
    .map((match) => ({
      schema: match[1],
      table: match[2],
      line: text.slice(0, match.index).split('\n').length,
      end: match.index + match[0].length,
    }))
    .filter((use) => schemas.has(use.schema))
}

function blank(comment) {
  return comment.replace(/[^\n]/g, ' ')
}
