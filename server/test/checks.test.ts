import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

// A check that finds nothing proves nothing: each is shown a small project with one planted violation.

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'leema-check-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function run(check: string): { code: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PROJECT, 'bin', check), root], {
    encoding: 'utf8',
  })
  return { code: status, text: stdout + stderr }
}

describe('check-docs', () => {
  beforeEach(() => {
    write('package.json', JSON.stringify({ scripts: { start: 'node .', 'check:docs': 'node .' } }))
    write('server/src/domains/wallet/README.md', 'Money.')
    write('server/src/domains/wallet/public.ts', 'export {}')
    write('docs/adr/0001-money-in-cents.md', 'Cents.')
    write(
      'README.md',
      'See `server/src/domains/wallet`, [money](docs/adr/0001-money-in-cents.md); `npm start`, `npm run check:docs`.',
    )
  })

  test('documents that name what exists pass', () => {
    expect(run('check-docs.mjs')).toMatchObject({ code: 0 })
  })

  test.each([
    [
      'a path that is gone',
      'README.md',
      'Read `server/src/gone.ts` first.',
      'README.md:1: path server/src/gone.ts',
    ],
    ['a link that is gone', 'docs/x.md', '\n[a](../gone.md)', 'docs/x.md:2: link to ../gone.md'],
    [
      'a command that is gone',
      'README.md',
      'Type `npm run fly`.',
      '"npm run fly", which package.json does not have',
    ],
    [
      'a second record with a number',
      'docs/adr/0001-other.md',
      'x',
      'number 0001 is taken by docs/adr/0001-',
    ],
    ['a record without a number', 'docs/adr/money.md', 'x', 'decision records are called'],
    ['a slice without README', 'server/src/domains/orders/public.ts', '', 'slice orders has no README.md'],
    [
      'a slice that others import and that has no face',
      'server/src/domains/orders/pay.ts',
      "import { a } from '#domains/cart/public.ts'",
      'slice cart has no public.ts',
    ],
  ])('finds %s', (_what, file, text, finding) => {
    write(file, text)
    write('server/src/domains/cart/README.md', 'Cart.')
    const { code, text: printed } = run('check-docs.mjs')
    expect(printed).toContain(finding)
    expect(code).toBe(1)
  })

  test('a project without any document is no success', () => {
    rmSync(root, { recursive: true })
    write('server/src/domains/.keep', '')
    expect(run('check-docs.mjs')).toMatchObject({ code: 1 })
  })
})

describe('check-secrets', () => {
  // Put together here, so that this very file does not hold what the check looks for.
  const random = 'k3J9xQ2vL8pZ' + 'w7RtY5uB1nM4'

  test('ordinary code and named placeholders pass', () => {
    write(
      'a.ts',
      "const token = newToken()\nconst password_hash = await hash(password)\nexport const TOKEN_NAME = 'refresh_token_of_account'\n",
    )
    write(
      '.env.example',
      'DATABASE_URL=postgresql://leema_app:PASSWORD@localhost/leema\nPAYPAL_CLIENT_SECRET=\n',
    )
    expect(run('check-secrets.mjs')).toMatchObject({ code: 0 })
  })

  test.each([
    ['a private key', `-----BEGIN EC ${'PRIVATE'} KEY-----\nabc`],
    ['a private JSON Web Key', `{"kty":"EC","${'d'}":"${random}${random}"}`],
    ['a cloud key', `key = AKI${'A'}IOSFODNN7EXAMPLZ`],
    ['a token of GitHub', `gh${'p'}_${'a1B2'.repeat(10)}`],
    ['a random password', `db_pass${'word'} = "${random}"`],
    ['a random key in an environment file', `DATA_ENCRYPTION_${'KEY'}=${random}${random}=`],
    ['a password inside an address', `postgresql://leema:${random}@db.example.com/leema`],
    ['a JSON Web Token', `ey${'J'}hbGciOiJIUzI1NiJ9.ey${'J'}zdWIiOiIxMjM0NTY3ODkwIn0.${random}`],
  ])('finds %s and does not print it (O-05)', (_what, text) => {
    write('config/settings.txt', text)
    const { code, text: printed } = run('check-secrets.mjs')
    expect(code).toBe(1)
    expect(printed).toContain('config/settings.txt:1: ')
    expect(printed).not.toContain(random)
  })

  test('a secret that was taken away again is found in the history, and not printed (O-05)', () => {
    const git = (...words: string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { cwd: root })
    git('init', '-q')
    write('a.ts', `const pass${'word'} = '${random}'\n`)
    git('add', '.')
    git('commit', '-qm', 'one')
    write('a.ts', 'const password = process.env.PASSWORD\n')
    git('add', '.')
    git('commit', '-qm', 'two')
    const { code, text: printed } = run('check-secrets.mjs')
    expect(printed).toMatch(/^commit [0-9a-f]+, a\.ts: random-looking text/)
    expect(printed).not.toContain(random)
    expect(code).toBe(1)
  })

  test('a line may stay when it says why', () => {
    write('a.ts', `const pass${'word'} = '${random}' // secret-scan: allow, published test vector`)
    expect(run('check-secrets.mjs')).toMatchObject({ code: 0 })
  })
})

describe('check-sql-ownership', () => {
  beforeEach(() => {
    write(
      'server/migrations/000001_all.sql',
      'create schema wallet;\ncreate schema catalog;\ncreate schema shared;\n',
    )
    write(
      'server/src/domains/wallet/queries.ts',
      "tx.insertInto('wallet.entries'); tx.selectFrom('catalog.v_products as p'); // update catalog.products\nsql`update wallet.accounts set a = 1`",
    )
  })

  test('a slice that writes its own tables and reads views of others passes', () => {
    expect(run('check-sql-ownership.mjs')).toMatchObject({
      code: 0,
      text: expect.stringContaining('1 modules, 3 uses'),
    })
  })

  test.each([
    ['a builder insert', "tx.insertInto('catalog.products')", 'writes catalog.products'],
    ['a builder update', "tx\n .updateTable('catalog.products')", 'writes catalog.products'],
    ['a delete in SQL', 'sql`delete from catalog.products where id = 1`', 'writes catalog.products'],
    ['an update in SQL', 'const text = `update\n catalog.products set a = 1`', 'writes catalog.products'],
    ['a write to the infrastructure', 'sql`insert into shared.entries values (1)`', 'writes shared.entries'],
    ['a read past the view', "tx.selectFrom('catalog.products as p')", 'reads catalog.products'],
    [
      'a join past the view',
      'sql`select 1 from wallet.accounts a join catalog.products p on true`',
      'reads catalog.products',
    ],
  ])('finds %s in foreign tables', (_what, code_text, finding) => {
    write('server/src/domains/wallet/other.ts', code_text)
    const { code, text } = run('check-sql-ownership.mjs')
    expect(text).toContain(`wallet ${finding}`)
    expect(code).toBe(1)
  })

  test('a check that saw no module is no success', () => {
    rmSync(join(root, 'server/src'), { recursive: true })
    expect(run('check-sql-ownership.mjs')).toMatchObject({ code: 1 })
  })
})

describe('check-walls', () => {
  beforeEach(() => {
    for (const file of [
      'server/.dependency-cruiser.mjs',
      'server/tsconfig.json',
      'server/package.json',
      'tsconfig.base.json',
    ]) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      cpSync(join(PROJECT, file), join(root, file))
    }
    write('server/src/kernel/money.ts', 'export const a = 1\n')
    write('server/src/domains/wallet/public.ts', "import { a } from '#kernel/money.ts'\nexport const b = a\n")
    write('server/src/domains/wallet/queries.ts', 'export const c = 1\n')
  })

  test('modules that keep to the table pass, and every one of them was seen', () => {
    expect(run('check-walls.mjs')).toMatchObject({ code: 0, text: expect.stringContaining('3 modules') })
  })

  test.each([
    [
      'a kernel that knows a slice',
      'src/kernel/id.ts',
      "import { b } from '#domains/wallet/public.ts'\nexport const d = b",
      'kernel-is-pure',
    ],
    [
      'a slice that reaches upwards',
      'src/domains/audit/a.ts',
      "import { b } from '#domains/wallet/public.ts'\nexport const d = b",
      'slice-audit',
    ],
    [
      'a way round the face',
      'src/domains/studio/a.ts',
      "import { c } from '#domains/wallet/queries.ts'\nexport const d = c",
      'slice-studio',
    ],
    [
      'an import that leads nowhere',
      'src/domains/wallet/a.ts',
      "import { z } from './gone.ts'\nexport const d = z",
      'not-to-unresolvable',
    ],
    [
      'a folder that the table does not name',
      'src/domains/lottery/a.ts',
      'export const d = 1',
      'slice lottery is not in the table',
    ],
  ])('finds %s', (_what, file, text, finding) => {
    write(`server/${file}`, text)
    const printed = run('check-walls.mjs')
    expect(printed.text).toContain(finding)
    expect(printed.code).toBe(1)
  })
})
