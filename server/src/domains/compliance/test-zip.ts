import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a zip archive by name, read by its central directory; every checksum is verified. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  const files = new Map<string, Buffer>()
  for (let entry = 0; entry < count; entry += 1) {
    const is_deflated = archive.readUInt16LE(at + 10) === 8
    const [crc, size] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 20)]
    const name_bytes = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, at + 46 + name_bytes)
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const stored = archive.subarray(start, start + size)
    const body = is_deflated ? inflateRawSync(stored) : Buffer.from(stored)
    if (crc32(body) !== crc) throw new Error(`${name} is damaged`)
    files.set(name, body)
    at += 46 + name_bytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return files
}
