import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLogFile, rotateHeldLog } from './log-file.ts'

const MEGABYTE = `${'x'.repeat(1024 * 1024 - 1)}\n`
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leema-log-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a log never grows past 5 MB, and three old ones are kept', () => {
  const file = join(folder, 'server.log')
  const log = openLogFile(file)
  for (let megabytes = 0; megabytes < 32; megabytes++) log.write(MEGABYTE)
  log.write('the last line\n')
  log.close()
  expect(readFileSync(file, 'utf8').endsWith('the last line\n')).toBe(true)
  for (const old of ['.1', '.2', '.3']) expect(statSync(file + old).size).toBe(5 * MEGABYTE.length)
  expect(existsSync(`${file}.4`)).toBe(false)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a log that another program holds open is emptied under it, its text kept beside', () => {
  const file = join(folder, 'postgres.log')
  writeFileSync(file, MEGABYTE.repeat(5))
  rotateHeldLog(file)
  appendFileSync(file, 'goes on\n')
  rotateHeldLog(file)
  expect(readFileSync(file, 'utf8')).toBe('goes on\n')
  expect(statSync(`${file}.1`).size).toBe(5 * MEGABYTE.length)
})
