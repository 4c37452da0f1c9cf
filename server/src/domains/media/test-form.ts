export type TestPart =
  | { name: string; value: string }
  | { name: string; filename: string; bytes: Buffer; type?: string }

/** A multipart body as browsers send it, for `http.inject`. */
export function formOf(parts: TestPart[]): { payload: Buffer; headers: { 'content-type': string } } {
  const boundary = '----leema-test-boundary'
  const pieces = parts.flatMap((part) => {
    const file =
      'filename' in part ? `; filename="${part.filename}"\r\ncontent-type: ${part.type ?? 'image/jpeg'}` : ''
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${part.name}"${file}\r\n\r\n`
    return [Buffer.from(head), 'bytes' in part ? part.bytes : Buffer.from(part.value), Buffer.from('\r\n')]
  })
  const payload = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
