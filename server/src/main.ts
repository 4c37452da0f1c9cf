import { verifyChain } from '#domains/audit/public.ts'
import { addSigningKey, makeAdmin, resetTwoFactor } from '#domains/identity/public.ts'
import { checkLedger } from '#domains/wallet/public.ts'
import { compose } from './app/compose.ts'
import { type Config, ConfigurationError, ROLES, type Role, readConfig } from './app/config.ts'
import { migrateAll } from './app/migrate.ts'
import { startServer } from './app/start.ts'
import { asSystem } from './infra/wall.ts'

const USAGE = `usage: main.ts [--roles=${ROLES.join(',')}] | migrate | seed-demo | make-admin EMAIL | reset-two-factor EMAIL | new-signing-keys | check-ledger | check-audit`

/** The one program: a server in some roles, or one command of an operator. */
async function main(args: string[]): Promise<void> {
  const config = readConfig(process.env)
  const [command] = args
  if (command === undefined || command.startsWith('--roles=')) return startServer(config, rolesOf(command))
  if (command === 'migrate') return migrateAll(config, (name) => say(`migrated ${name}`))
  if (command === 'new-signing-keys')
    return say(JSON.stringify(await addSigningKey(config.auth_signing_keys, new Date())))
  // An operator's command is the platform's own work.
  await asSystem(() => runCommand(config, args))
}

async function runCommand(config: Config, [command, email = '']: string[]): Promise<void> {
  const app = await compose(config, { roles: [] })
  try {
    if (command === 'seed-demo') await (await import('../seeds/seed-demo.ts')).seedDemo(app, say)
    else if (command === 'make-admin') say(JSON.stringify(await makeAdmin(app.identity, email)))
    else if (command === 'reset-two-factor') say(JSON.stringify(await resetTwoFactor(app.identity, email)))
    else if (command === 'check-ledger') say(JSON.stringify(await checkLedger(app.db)))
    else if (command === 'check-audit') await checkAudit(app.db)
    else throw new ConfigurationError(USAGE)
  } finally {
    await app.close()
  }
}

/** Ends with 1 when a row was changed or removed, so that whoever runs it every night is told. */
async function checkAudit(db: Parameters<typeof verifyChain>[0]): Promise<void> {
  const report = await verifyChain(db)
  say(JSON.stringify(report))
  if (report.broken_at !== null) process.exitCode = 1
}

function rolesOf(flag: string | undefined): Role[] {
  const names = flag?.slice('--roles='.length).split(',') ?? [...ROLES]
  const roles = ROLES.filter((role) => names.includes(role))
  if (roles.length !== names.length) throw new ConfigurationError(USAGE)
  return roles
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const text =
    error instanceof ConfigurationError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  process.stderr.write(`${text}\n`)
  // Whatever a failed start has left open must not keep the process.
  process.exit(error instanceof ConfigurationError ? 78 : 1)
})
