/**
 * Who may import whom (ARCHITECTURE.md, "Tiers"). Every slice may import `audit`, `settings` and `approvals`; another
 * slice is reached only through its `public.ts`. A new edge is one line here; one that points upwards needs a decision record.
 */
const may_import = {
  audit: [],
  approvals: [],
  settings: [],
  identity: ['media'],
  media: [],
  wallet: ['identity'],
  catalog: ['identity', 'media'],
  notifications: ['identity'],
  payments: ['wallet', 'identity'],
  moderation: ['catalog', 'wallet', 'identity'],
  studio: ['wallet', 'catalog', 'media', 'identity'],
  wardrobe: ['studio', 'catalog', 'media', 'identity'],
  compliance: [],
  ops: [],
}

/** Tests, and what they share: `test-….ts`, `…-test-support.ts`. */
const TESTS = '([.]test|(^|/)test-[^/]+|test-support)[.]ts$'
const EVERYBODY = ['audit', 'settings', 'approvals']
const slices = Object.keys(may_import)

const sliceRules = slices.map((slice) => {
  const friends =
    slice === 'ops' ? [] : [...new Set([...may_import[slice], ...EVERYBODY])].filter((name) => name !== slice)
  const allowed = [
    `^src/domains/${slice}/`,
    ...(friends.length > 0 ? [`^src/domains/(${friends.join('|')})/public[.]ts$`] : []),
  ]
  return {
    name: `slice-${slice}`,
    comment: `${slice} may reach only the faces of: ${friends.join(', ') || 'nobody'}.`,
    severity: 'error',
    from: { path: `^src/domains/${slice}/`, pathNot: TESTS },
    to: { path: '^src/domains/', pathNot: allowed },
  }
})

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...sliceRules,
    rule(
      'slice-is-listed',
      'A folder below domains that the table above does not name.',
      { path: '^src/domains/([^/]+)/', pathNot: `^src/domains/(${slices.join('|')})/` },
      {},
    ),
    rule(
      'kernel-is-pure',
      'The kernel imports itself and node:crypto only: it runs anywhere, without I/O.',
      { path: '^src/kernel/', pathNot: TESTS },
      { pathNot: '^src/kernel/|^(node:)?crypto$' },
    ),
    rule(
      'infra-knows-no-domain',
      'Infrastructure has no domain words.',
      { path: '^src/infra/' },
      { path: '^src/(domains|app)/' },
    ),
    rule(
      'only-app-knows-app',
      'The composition is known by nobody.',
      { path: '^src/(kernel|infra|domains)/', pathNot: TESTS },
      { path: '^src/app/' },
    ),
    rule(
      'app-uses-slice-faces',
      'The composition takes routes and faces, not insides.',
      { path: '^src/app/', pathNot: TESTS },
      { path: '^src/domains/', pathNot: '/(public|routes)[.]ts$' },
    ),
    rule(
      'model-and-policy-are-pure',
      'Rules run in a test without a database.',
      { path: '^src/domains/[^/]+/(model|policy)[.]ts$' },
      { pathNot: '^src/kernel/|/(model|policy)[.]ts$|/public[.]ts$' },
    ),
    rule(
      'routes-hold-no-sql',
      'The edge calls a use case.',
      { path: '^src/domains/[^/]+/routes(/|[.]ts$)', pathNot: '^src/domains/(wallet|wardrobe)/' },
      { path: '/queries([.]ts$|/)', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'sql-driver-only-in-infra',
      'The driver is infrastructure.',
      { path: '^src/(kernel|domains)/', pathNot: TESTS },
      { path: 'node_modules/pg/' },
    ),
    rule(
      'http-framework-only-at-the-edge',
      'Fastify is known to app, routes and infra/http.ts only.',
      { path: '^src/', pathNot: `^src/app/|routes(/|[.]ts$)|routes[.]ts$|^src/infra/http[.]ts$|${TESTS}` },
      { path: 'node_modules/(fastify|@fastify)/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'no-test-in-product',
      'Product code never imports tests.',
      { path: '^src/', pathNot: TESTS },
      { path: `${TESTS}|^test/` },
    ),
    rule(
      'engine-stands-alone',
      'The engine and the renderer run in a process of their own and know nothing of the platform.',
      { path: '^src/domains/studio/(engine|raster|renderer)/', pathNot: TESTS },
      { path: '^src/', pathNot: '^src/domains/studio/(engine|raster|renderer)/|^src/kernel/' },
    ),
    rule(
      'no-circular',
      'Two modules that need each other are one.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('not-to-unresolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}
