import { fileTooLarge, noFile, tooManyFiles, unexpectedPart } from './problems.ts'

/** What is needed of a part of a multipart body, whoever parses it. */
export type FormPart =
  | { type: 'file'; fieldname: string; file: AsyncIterable<Buffer> }
  | { type: 'field'; fieldname: string }

export type PictureFormRules = { field: string; count_max: number; bytes_max: number }

/**
 * The files of a form, in memory, in their order. Stops reading at the first part that breaks a rule: neither a huge
 * file nor a hundred of them is taken in first and refused afterwards.
 * @throws bad_request (400) without a file, file_too_large (413), validation_failed (422) for other parts or too many files
 */
export async function readPictureForm(
  parts: AsyncIterable<FormPart>,
  rules: PictureFormRules,
): Promise<Buffer[]> {
  const files: Buffer[] = []
  for await (const part of parts) {
    if (part.type !== 'file' || part.fieldname !== rules.field) throw unexpectedPart(part.fieldname)
    if (files.length === rules.count_max) throw tooManyFiles(rules.field, rules.count_max)
    files.push(await readFile(part.file, rules.bytes_max))
  }
  if (files.length === 0) throw noFile()
  return files
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
