import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, releasePostgres, removeSharedPlace, startPostgres } from './postgres.ts'
import { readPostmasterFile } from './postgres-leftover.ts'
import { isAlive, waitUntil } from './process-table.ts'

const PASSWORDS = { superuser: 'superuser-of-test', owner: 'owner-of-test', app: 'app-of-test' }

let data_folder: string
let started: EmbeddedPostgres[]

beforeEach(() => {
  data_folder = mkdtempSync(join(tmpdir(), 'leema-data-'))
  chmodSync(data_folder, 0o711) // As the launcher makes it for root: another account must be able to pass through.
  started = []
})

afterEach(async () => {
  for (const postgres of started) await postgres.stop()
  for (const place of await releasePostgres(data_folder)) await removeSharedPlace(place)
  rmSync(data_folder, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ data_folder, passwords: PASSWORDS })
  started.push(postgres)
  return postgres
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

/** A launcher that is killed with -9 in the middle of a transaction. */
async function killedLauncher(options: {
  ends_with_launcher: boolean
}): Promise<{ pid: number; port: number }> {
  const program = new URL('../test/programs/hold-postgres.ts', import.meta.url)
  const launcher = fork(program, [data_folder, String(options.ends_with_launcher)], { stdio: 'inherit' })
  const message = await Promise.race([
    once(launcher, 'message').then(([said]) => said),
    once(launcher, 'exit').then(([code]) => Promise.reject(new Error(`it ended by itself with ${code}`))),
  ])
  launcher.kill('SIGKILL')
  await once(launcher, 'exit')
  return message
}

describe('an ordinary life', () => {
  test('stop and start keep the rows, the port and the passwords, and take moments', async () => {
    const first = await start()
    expect(first.is_new).toBe(true)
    await query(first.owner_url, 'create table kept as select 1 as id')
    const began = performance.now()
    await first.stop()
    expect(performance.now() - began).toBeLessThan(3_000)
    expect(isAlive(first.pid)).toBe(false)
    const second = await start()
    expect(second).toMatchObject({ is_new: false, port: first.port, app_url: first.app_url })
    expect(await query(second.owner_url, 'select id from kept')).toEqual([{ id: 1 }])
  })

  test('the cluster waits for the disk, hears only this machine, and folds Cyrillic letters', async () => {
    const { superuser_url } = await start()
    const settings = await query(
      superuser_url,
      `select name, setting from pg_settings where name in
       ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'data_checksums', 'max_connections')`,
    )
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      data_checksums: 'on',
      max_connections: '100',
    })
    expect(await query(superuser_url, `select lower('ӘСЕЛ') as folded`)).toEqual([{ folded: 'әсел' }])
  })

  test('the application may not change tables, and nobody enters with a wrong password', async () => {
    const { app_url, owner_url } = await start()
    await expect(query(app_url, 'create table mine (id int)')).rejects.toThrow('permission denied')
    await expect(query(app_url, 'create database other')).rejects.toThrow('permission denied')
    await expect(query(owner_url, 'create role other')).rejects.toThrow('permission denied')
    await expect(query(app_url.replace('app-of-test', 'guessed'), 'select 1')).rejects.toThrow(
      'password authentication',
    )
  })

  test('the owner of the database can add the extensions that the schema needs', async () => {
    const { owner_url } = await start()
    for (const extension of ['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'pgcrypto', 'citext']) {
      await query(owner_url, `create extension ${extension}`)
    }
  })

  test('the files of the database are closed to other accounts', async () => {
    await start()
    const { place } = JSON.parse(readFileSync(join(data_folder, 'postgres.json'), 'utf8'))
    expect(statSync(join(data_folder, place)).mode & 0o777).toBe(0o700)
    expect(statSync(join(data_folder, 'postgres.json')).mode & 0o777).toBe(0o600)
  })

  test('another program on the old port makes it take another one', async () => {
    const first = await start()
    await first.stop()
    const squatter = createServer().listen(first.port, '127.0.0.1')
    await once(squatter, 'listening')
    const second = await start()
    expect(second.port).not.toBe(first.port)
    expect(await query(second.app_url, 'select 1 as one')).toEqual([{ one: 1 }])
    squatter.close()
  })
})

describe('after a launcher was killed with -9', () => {
  test('the database ends with it', async () => {
    const killed = await killedLauncher({ ends_with_launcher: true })
    expect(await waitUntil(() => !isAlive(killed.pid), 4_000)).toBe(true)
    expect(await committedRows(await start())).toEqual([{ id: 1 }])
  })

  test('a database that outlived it is stopped and started anew; what was committed is there, what was not is not', async () => {
    const left = await killedLauncher({ ends_with_launcher: false })
    expect(isAlive(left.pid)).toBe(true)
    const postgres = await start()
    expect(postgres).toMatchObject({ recovered_from: left.pid, is_new: false, port: left.port })
    expect(isAlive(left.pid)).toBe(false)
    expect(await committedRows(postgres)).toEqual([{ id: 1 }])
  })

  test('a database that was killed too is recovered from its log', async () => {
    const left = await killedLauncher({ ends_with_launcher: false })
    process.kill(left.pid, 'SIGKILL')
    const postgres = await start()
    expect(await committedRows(postgres)).toEqual([{ id: 1 }])
  })

  test('a lock file whose pid now belongs to an innocent process neither blocks the start nor harms that process', async () => {
    const first = await start()
    await first.stop()
    const folder = join(data_folder, 'postgres/data')
    writeFileSync(
      join(folder, 'postmaster.pid'),
      `${process.pid}\n${folder}\n1\n${first.port}\n\n127.0.0.1\n\nready\n`,
    )
    const second = await start()
    expect(readPostmasterFile(folder)?.pid).toBe(second.pid)
    expect(await query(second.app_url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a first start that was cut short is simply made again', async () => {
    const place = join(data_folder, 'postgres')
    mkdirSync(join(place, 'data.new-1/base'), { recursive: true })
    writeFileSync(join(place, 'data.new-1/PG_VERSION'), '18\n')
    const postgres = await start()
    expect(postgres.is_new).toBe(true)
    expect(existsSync(join(place, 'data.new-1'))).toBe(false)
  })

  async function committedRows(postgres: EmbeddedPostgres) {
    return query(postgres.owner_url, 'select id from kept')
  }
})

test('lost secrets are named as the reason, with the way out', async () => {
  await (await start()).stop()
  const others = { superuser: 'another', owner: 'another', app: 'another' }
  await expect(startPostgres({ data_folder, passwords: others })).rejects.toThrow('--reset')
})

test('below a folder that is closed to others it works, too: root keeps the database outside, a person inside', async () => {
  const closed = join(data_folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const inside = join(closed, 'data')
  mkdirSync(inside)
  const postgres = await startPostgres({ data_folder: inside, passwords: PASSWORDS })
  const { place } = JSON.parse(readFileSync(join(inside, 'postgres.json'), 'utf8'))
  const is_root = process.getuid?.() === 0
  expect(place).toMatch(is_root ? /^\/var\/lib\/leema\/cluster-/ : /^postgres$/)
  expect(statSync(resolve(inside, place)).mode & 0o777).toBe(0o700)
  await postgres.stop()
  const again = await startPostgres({ data_folder: inside, passwords: PASSWORDS })
  expect(again.is_new).toBe(false)
  await again.stop()
  expect(await releasePostgres(inside)).toEqual(is_root ? [place] : [])
  if (is_root) await removeSharedPlace(place)
  expect(existsSync(resolve(inside, place))).toBe(!is_root)
})
