import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'

/** Replaces a file in one step: a reader, or a start after a crash, sees the old text or the new, never half. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(unfinished, 'wx', mode)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(unfinished, file)
}

/** An object read from JSON text, as unknown members. @throws when the text is not a JSON object */
export function parseObject(text: string): Record<string, unknown> {
  const read: unknown = JSON.parse(text)
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new Error('not a JSON object')
  return { ...read }
}
