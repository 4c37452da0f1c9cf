import { fileTooLarge, noFile, tooManyFiles, unexpectedPart } from './problems.ts'

/** What is needed of a part of a multipart body, whoever parses it. */
export type FormPart =
  | { type: 'file'; fieldname: string; file: AsyncIterable<Buffer> }
  | { type: 'field'; fieldname: string }

export type PictureFormRules = { field: string; count_max: number; bytes_max: number }

/**
 * The files of a form, one after the other: while one is worked on the next is not read, so a form costs the memory of
 * one file. Nothing is read before the first file is asked for, nor after the first part that breaks a rule.
 * @throws bad_request (400) without a file, file_too_large (413), validation_failed (422) for other parts or too many files
 */
export async function* readPictureForm(
  openParts: () => AsyncIterable<FormPart>,
  rules: PictureFormRules,
): AsyncGenerator<Buffer> {
  let count = 0
  for await (const part of openParts()) {
    if (part.type !== 'file' || part.fieldname !== rules.field) throw unexpectedPart(part.fieldname)
    if (count === rules.count_max) throw tooManyFiles(rules.field, rules.count_max)
    count += 1
    yield await readFile(part.file, rules.bytes_max)
  }
  if (count === 0) throw noFile()
}

async function readFile(stream: AsyncIterable<Buffer>, bytes_max: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > bytes_max) throw fileTooLarge(bytes_max)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}
