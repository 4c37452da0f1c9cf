export type PictureType = 'jpeg' | 'png' | 'webp'

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The type by the first bytes; a name or a content type sent by the client is never asked. */
export function pictureTypeOf(bytes: Buffer): PictureType | null {
  if (bytes.length < 12) return null
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (bytes.subarray(0, 8).equals(PNG_MAGIC)) return 'png'
  const is_webp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  return is_webp ? 'webp' : null
}

/** Where other formats hide: metadata stands at the head of a picture, appended files at its tail. */
const LOOKED_AT_BYTES = 131_072
const ACTIVE_MARKUP = /<(?:script|html|iframe|object|embed)[\s>/]|<!doctype\s+html|<\?php\s/i
/** Readers of PDF accept its header anywhere in the first kilobyte. */
const PDF_HEADER_WITHIN = 1_024
const ZIP_END_BYTES = 22

/**
 * True for a polyglot: bytes that are a picture to one reader and a page, script, PDF or ZIP to another.
 * Re-encoding already leaves nothing of it in the stored file; who sends one does not mean a picture.
 */
export function carriesOtherFormat(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, LOOKED_AT_BYTES)
  const tail = bytes.toString('latin1', Math.max(LOOKED_AT_BYTES, bytes.length - LOOKED_AT_BYTES))
  if (ACTIVE_MARKUP.test(head) || ACTIVE_MARKUP.test(tail)) return true
  return head.slice(0, PDF_HEADER_WITHIN).includes('%PDF-') || endsAsZip(bytes)
}

/** A ZIP ends with a directory record whose comment reaches exactly to the end of the file. */
function endsAsZip(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ZIP_END_BYTES - 0xffff)
  for (let at = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1'); at >= from; ) {
    if (
      at + ZIP_END_BYTES <= bytes.length &&
      at + ZIP_END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length
    )
      return true
    at = at === 0 ? -1 : bytes.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  }
  return false
}
