import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import pg from 'pg'

/**
 * Writes the row types of every table and view. The generator takes each column of a view for nullable; here a column
 * of a view is nullable only when a column of that name is nullable in a table that the view reads.
 */
export async function writeDbTypes(url: string, file: string): Promise<void> {
  const bin = createRequire(import.meta.url).resolve('kysely-codegen/dist/cli/bin.js')
  execFileSync(process.execPath, [
    bin,
    '--dialect=postgres',
    `--url=${url}`,
    `--out-file=${file}`,
    '--exclude-pattern=pgboss.*',
    '--type-mapping={"int8":"number"}',
    '--numeric-parser=number',
    '--log-level=error',
  ])
  const nullable = await nullableViewColumns(url)
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(
      /export interface (\w+) \{\n([^}]*)\}/g,
      (whole, name: string, body: string) => {
        const columns = nullable.get(name.toLowerCase())
        if (!columns) return whole
        const lines = body.split('\n').map((line) => {
          const column = /^\s+"?(\w+)"?: /.exec(line)?.[1]
          return column && !columns.has(column) ? line.replace(' | null;', ';') : line
        })
        return `export interface ${name} {\n${lines.join('\n')}}`
      },
    ),
  )
}

/** Lower-case interface name of a view → its nullable columns. */
async function nullableViewColumns(url: string): Promise<Map<string, Set<string>>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ view: string; column_name: string | null }>(`
    with recursive reads as (
      select v.oid as view_oid, n.nspname, v.relname, d.refobjid as read_oid
      from pg_class v
      join pg_namespace n on n.oid = v.relnamespace
      join pg_rewrite r on r.ev_class = v.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      where v.relkind = 'v' and d.refobjid <> v.oid and n.nspname not in ('information_schema', 'pg_catalog', 'pgboss')
      union
      select reads.view_oid, reads.nspname, reads.relname, d.refobjid
      from reads
      join pg_rewrite r on r.ev_class = reads.read_oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      where d.refobjid <> reads.read_oid
    )
    select distinct replace(reads.nspname || reads.relname, '_', '') as view, a.attname as column_name
    from reads
    left join pg_class t on t.oid = reads.read_oid and t.relkind = 'r'
    left join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attnotnull and not a.attisdropped`)
  await client.end()
  const result = new Map<string, Set<string>>()
  for (const { view, column_name } of rows) {
    const columns = result.get(view) ?? new Set()
    if (column_name) columns.add(column_name)
    result.set(view, columns)
  }
  return result
}
