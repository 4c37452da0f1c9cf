import pg from 'pg'

/** Tables without row security, and why. Every other table must have it (ADR 0016). */
const OPEN_TABLES: Record<string, string> = {
  'audit.chain_head': 'how many rows the trail has and their last hash; the application may only read it',
  'catalog.categories': 'the tree of the shopfront',
  'infra.migrations': 'which files were applied; the application may only read it',
  'settings.platform_settings': 'of the platform, nobody’s in particular',
  'shared.counters': 'asked before it is known who calls; with Redis it is not in this database',
  'shared.entries': 'as shared.counters; what it holds is found by a secret or a hash only',
  'shared.messages': 'as shared.counters',
  'studio.sample_people': 'offered to everybody who tries on',
}

/** Views with the rights of their owner, which row security does not bind, and why. Every other one asks as its reader. */
const OPEN_VIEWS: Record<string, string> = {
  'audit.v_deleted_cards': 'its condition is the wall: of the shop that asks',
  'audit.v_shop_log_ids': 'its condition is the wall: of the shop that asks',
  'catalog.v_listed_products': 'what anybody may see',
  'catalog.v_products': 'its condition is the wall: listed, of the shop that asks, or asked by the platform',
  'identity.v_people': 'a name and a picture, shown beside reviews',
  'identity.v_shops': 'its condition is the wall: public, of the account that asks, or asked by the platform',
  'identity.v_public_shops': 'what anybody may see',
  'identity.v_shop_search': 'its condition is the wall: empty but for admins',
  'identity.v_user_search': 'its condition is the wall: empty but for admins',
}

const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public', 'pgboss') and n.nspname !~ '^pg_'`

const FACTS = `
  select n.nspname || '.' || c.relname as name,
    case c.relkind when 'v' then 'view' else 'table' end as kind,
    case c.relkind
      when 'v' then coalesce('security_invoker=true' = any(c.reloptions), false)
      else c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)
    end as is_walled
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${OURS}
  union all
  select n.nspname || '.' || p.proname, 'function', not p.prosecdef or p.prorettype = 'trigger'::regtype
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where ${OURS}
  order by 1, 2`

type Fact = { name: string; kind: 'table' | 'view' | 'function'; is_walled: boolean }

const OPEN: Record<Fact['kind'], Record<string, string>> = {
  table: OPEN_TABLES,
  view: OPEN_VIEWS,
  function: {},
}
const ADVICE: Record<Fact['kind'], string> = {
  table: 'has no row security: give it a policy, or a line with the reason in OPEN_TABLES',
  view: 'runs with the rights of its owner: set security_invoker, or give it a line with the reason in OPEN_VIEWS',
  function: 'runs with the rights of its owner and is no trigger: whoever calls it passes the wall',
}

/** What stands open without a reason, and reasons for what is not there or not open; empty when the wall is whole. */
export async function wallFindings(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Fact>(FACTS)
    const gaps = rows.filter(({ name, kind, is_walled }) => !is_walled && !(name in OPEN[kind]))
    const open = new Set(rows.filter(({ is_walled }) => !is_walled).map(({ name }) => name))
    const stale = [...Object.keys(OPEN_TABLES), ...Object.keys(OPEN_VIEWS)].filter((name) => !open.has(name))
    return [
      ...gaps.map(({ name, kind }) => `${kind} ${name} ${ADVICE[kind]}`),
      ...stale.map((name) => `${name} has a reason to be open, but is not there or not open`),
    ]
  } finally {
    await client.end()
  }
}
