import { ensureSettings } from '#domains/settings/public.ts'
import { ensurePlatformAccounts } from '#domains/wallet/public.ts'
import { connect, inTransaction } from '#infra/db.ts'
import { installJobs } from '#infra/jobs.ts'
import { createLogger } from '#infra/log.ts'
import { migrate, renewGrants } from '#infra/migrate.ts'
import type { Config } from './config.ts'
import { JOB_KINDS } from './job-kinds.ts'

export type MigrateInput = { database: { owner_url: string; url: string }; currency: Config['currency'] }

/** Brings a database to this build: tables, job queues, rights of the application's role, settings, platform accounts. */
export async function migrateAll(config: MigrateInput, say: (name: string) => void): Promise<void> {
  const { owner_url, url } = config.database
  await migrate({ owner_url, log: say })
  await installJobs(owner_url, JOB_KINDS)
  await renewGrants(owner_url, decodeURIComponent(new URL(url).username))
  const owner = connect(
    { url: owner_url, pool_size: 2, application_name: 'leema-migrate' },
    createLogger({ level: 'warn' }),
  )
  try {
    await inTransaction(owner.db, async (tx) => {
      await ensureSettings(tx)
      await ensurePlatformAccounts(tx, config.currency)
    })
  } finally {
    await owner.close()
  }
}
