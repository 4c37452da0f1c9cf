import pg from 'pg'

/**
 * The schema of a database as canonical text: tables with columns, constraints, indexes, views, functions, triggers,
 * policies.
 * Written from the catalogue (pg_dump 18 is not in Debian 12); the same for Postgres 15 to 18.
 */
export async function dumpSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const parts: string[] = []
    for (const query of QUERIES) {
      const { rows } = await client.query<{ line: string }>(query)
      parts.push(rows.map((row) => row.line).join('\n'))
    }
    return `-- Written by \`npm run check:schema -- --write\`. Not for running: migrations are.\n\n${parts.join('\n\n')}\n`
  } finally {
    await client.end()
  }
}

/** The queue's schema belongs to its library. */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public', 'pgboss') and n.nspname !~ '^pg_'`

const QUERIES = [
  `select 'schema ' || n.nspname as line from pg_namespace n where ${OURS} order by 1`,
  `select 'extension ' || extname as line from pg_extension where extname <> 'plpgsql' order by 1`,
  `select format('%stable %s.%s%s', case c.relpersistence when 'u' then 'unlogged ' else '' end, n.nspname, c.relname,
      string_agg(format(E'\\n  %s %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        case when a.attidentity <> '' then ' identity' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), '' order by a.attnum)) as line
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind in ('r', 'p') and ${OURS}
    group by n.nspname, c.relname, c.relpersistence order by n.nspname, c.relname`,
  `select format('constraint %s.%s %s: %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and k.contype <> 'n' order by n.nspname, c.relname, k.conname`,
  `select pg_get_indexdef(i.indexrelid) as line
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} order by n.nspname, c.relname`,
  `select format(E'view %s.%s%s as\\n%s', n.nspname, c.relname,
      coalesce(' (' || array_to_string(c.reloptions, ', ') || ')', ''), pg_get_viewdef(c.oid)) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and ${OURS} order by n.nspname, c.relname`,
  `select pg_get_functiondef(p.oid) as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${OURS} order by n.nspname, p.proname`,
  `select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and ${OURS} order by n.nspname, c.relname, t.tgname`,
  `select format('row security %s.%s', n.nspname, c.relname) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity and ${OURS} order by 1`,
  `select format('policy %s on %s.%s for %s%s%s', p.polname, n.nspname, c.relname,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      E'\\n  using ' || pg_get_expr(p.polqual, p.polrelid), E'\\n  with check ' || pg_get_expr(p.polwithcheck, p.polrelid)) as line
    from pg_policy p join pg_class c on c.oid = p.polrelid
    join pg_namespace n on n.oid = c.relnamespace where ${OURS} order by n.nspname, c.relname, p.polname`,
]
