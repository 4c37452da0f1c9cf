import pg from 'pg'
import { startPostgres } from '../../local/postgres.ts'

// Stands for a launcher: starts the database of a folder, commits one row, says so, and waits to be killed.
const [data_folder = '', ends_with_launcher = ''] = process.argv.slice(2)
const postgres = await startPostgres({
  data_folder,
  passwords: { superuser: 'superuser-of-test', owner: 'owner-of-test', app: 'app-of-test' },
  ends_with_launcher: ends_with_launcher === 'true',
})
const client = new pg.Client({ connectionString: postgres.owner_url })
client.on('error', () => undefined)
await client.connect()
await client.query('create table if not exists kept (id int)')
await client.query('insert into kept values (1)')
await client.query('begin')
await client.query('insert into kept values (2)') // Never committed: it must not be there afterwards.
process.send?.({ pid: postgres.pid, port: postgres.port })
setInterval(() => undefined, 1_000)
