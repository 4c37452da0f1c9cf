import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finishReset, lockDataFolder, openDataFolder, resetDataFolder } from './data-folder.ts'
import { isErrnoError, markOf } from './process-table.ts'
import { localSecrets } from './secrets.ts'

let parent: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'leema-folder-'))
})

afterEach(() => rmSync(parent, { recursive: true, force: true }))

const open = (name: string) => openDataFolder(join(parent, name), { is_default: false })

test('a new folder is closed to others and marked as ours', () => {
  const folder = open('deep/new')
  expect(statSync(folder).mode & 0o066).toBe(0)
  expect(readdirSync(folder).sort()).toEqual(['leema-data.json', 'logs'])
  expect(open('deep/new')).toBe(folder)
})

test('a folder with other things in it is refused, and they stay as they are', () => {
  mkdirSync(join(parent, 'letters'))
  writeFileSync(join(parent, 'letters/dear.txt'), 'Dear Aida')
  expect(() => open('letters')).toThrow('not empty')
  expect(readdirSync(join(parent, 'letters'))).toEqual(['dear.txt'])
})

test('reset empties our folder and refuses any other', async () => {
  const folder = open('data')
  writeFileSync(join(folder, 'secrets.json'), '{}')
  mkdirSync(join(folder, 'files/a'), { recursive: true })
  await resetDataFolder(folder)
  expect(readdirSync(folder).sort()).toEqual(['leema-data.json', 'logs'])

  mkdirSync(join(parent, 'letters'))
  writeFileSync(join(parent, 'letters/dear.txt'), 'Dear Aida')
  await expect(resetDataFolder(join(parent, 'letters'))).rejects.toThrow('nothing was removed')
  expect(readFileSync(join(parent, 'letters/dear.txt'), 'utf8')).toBe('Dear Aida')
})

test('a reset that was cut short is finished by the next start, and only then', async () => {
  const folder = open('data')
  writeFileSync(join(folder, 'secrets.json'), '{}')
  await finishReset(folder)
  expect(existsSync(join(folder, 'secrets.json'))).toBe(true)
  writeFileSync(join(folder, 'resetting.json'), JSON.stringify({ outside: [parent] }))
  await finishReset(folder)
  expect(readdirSync(folder).sort()).toEqual(['leema-data.json', 'logs'])
  // A place outside is removed only where the launcher itself makes such places.
  expect(existsSync(parent)).toBe(true)
})

test('a second launcher is refused with the process and the address of the first', async () => {
  const folder = open('data')
  const first = await lockDataFolder(folder)
  first.announce({ address: 'http://localhost:8123' })
  await expect(lockDataFolder(folder)).rejects.toThrow(`at http://localhost:8123: process ${process.pid}`)
  first.release()
  ;(await lockDataFolder(folder)).release()
})

test('a second launcher waits for one that is stopping', async () => {
  const folder = open('data')
  const first = await lockDataFolder(folder)
  first.announce({ stopping: true })
  let was_released = false
  setTimeout(() => {
    was_released = true
    first.release()
  }, 2_500)
  const second = await lockDataFolder(folder)
  expect(was_released).toBe(true)
  second.release()
})

test('a lock of a process that was killed is taken over, also when its pid belongs to another process now', async () => {
  const folder = open('data')
  const other = spawn('sleep', ['60'])
  await once(other, 'spawn')
  const mark = markOf(other.pid ?? 0)
  other.kill('SIGKILL')
  await once(other, 'exit')
  const stale = [mark, { pid: process.pid, started: 'long ago' }, 'not even json']
  for (const content of stale) {
    writeFileSync(join(folder, 'leema.lock'), typeof content === 'string' ? content : JSON.stringify(content))
    const lock = await lockDataFolder(folder)
    expect(JSON.parse(readFileSync(join(folder, 'leema.lock'), 'utf8')).pid).toBe(process.pid)
    lock.release()
  }
})

test('of twenty that find the same stale lock exactly one gets it', async () => {
  const folder = open('data')
  writeFileSync(join(folder, 'leema.lock'), JSON.stringify({ pid: process.pid, started: 'long ago' }))
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataFolder(folder)))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  expect(readdirSync(folder).filter((name) => name.startsWith('leema.lock.'))).toEqual([])
})

test('secrets are made once, closed to others, and differ between installations', () => {
  const folder = open('one')
  const secrets = localSecrets(folder)
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(localSecrets(folder)).toEqual(secrets)
  const others = localSecrets(open('two'))
  for (const name of Object.keys(secrets))
    expect(others).not.toHaveProperty(name, secrets[name as keyof typeof secrets])
  expect(Buffer.from(secrets.data_encryption_key, 'base64')).toHaveLength(32)
  expect(secrets.auth_signing_keys.keys[0]).toMatchObject({
    kty: 'EC',
    crv: 'P-256',
    alg: 'ES256',
    use: 'sig',
  })
})

test('secrets that a later version adds are made without touching the others', () => {
  const folder = open('data')
  const secrets = localSecrets(folder)
  const { paypal_webhook_id: _, ...older } = secrets
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify(older))
  const completed = localSecrets(folder)
  expect(completed).toMatchObject(older)
  expect(completed.paypal_webhook_id).toMatch(/^[\w-]{32}$/)
})

test('a path that is a file, or lies below one, is refused in words', () => {
  writeFileSync(join(parent, 'file'), '')
  expect(() => open('file')).toThrow('not a folder')
  expect(() => open('file/data')).toThrow('cannot be made')
  expect(existsSync(join(parent, 'file'))).toBe(true)
  expect(isErrnoError(new Error('x'))).toBe(false)
})
