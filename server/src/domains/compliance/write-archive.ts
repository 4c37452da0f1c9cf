import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { JsonObject } from '#kernel/json.ts'
import type { CopiedFile } from './personal-data.ts'

/**
 * A zip archive as a stream, written while it is read: one file after the other, each in the memory of a few rows or
 * blocks. It breaks off when a file does.
 */
export function writeArchive(files: AsyncIterable<CopiedFile>): Readable {
  const zip = new ZipFile()
  // yazl pipes into a PassThrough, which is a Readable; its types name the interface only.
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  addAll(zip, output, files).catch((error: unknown) =>
    output.destroy(error instanceof Error ? error : new Error('the archive broke off')),
  )
  return output
}

/** The next file is looked for when the one before is through: otherwise all of them would be open at once. */
async function addAll(zip: ZipFile, output: Readable, files: AsyncIterable<CopiedFile>): Promise<void> {
  for await (const file of files) {
    if (output.destroyed) return
    const source = 'rows' in file ? Readable.from(jsonOf(file.rows)) : await file.open()
    if (!source) continue
    // Pictures are compressed already.
    zip.addReadStream(source, file.path, { compress: 'rows' in file })
    await ended(source, output)
  }
  zip.end()
}

function ended(source: Readable, output: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = () => {
      source.destroy()
      reject(new Error('nobody reads the archive any more'))
    }
    output.once('close', onClose)
    source.once('error', reject)
    source.once('end', () => {
      output.off('close', onClose)
      resolve()
    })
  })
}

async function* jsonOf(rows: AsyncIterable<JsonObject>): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const row of rows) {
    yield separator + JSON.stringify(row, null, 2)
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}
