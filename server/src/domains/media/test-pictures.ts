import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Pictures for tests, made on the spot: nothing here is a photo of anybody. */

export function jpeg(width = 300, height = 400): Promise<Buffer> {
  return gradient(width, height).jpeg().toBuffer()
}

export function png(width = 300, height = 400): Promise<Buffer> {
  return gradient(width, height).png().toBuffer()
}

export function webp(width = 300, height = 400): Promise<Buffer> {
  return gradient(width, height).webp().toBuffer()
}

/** As a phone writes it: lying on its side, with the place where it was taken. */
export function jpegFromPhone(): Promise<Buffer> {
  return gradient(400, 300)
    .withExif({
      IFD0: { Make: 'LeemaPhone', Model: 'One' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '43/1 14/1 20/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '76/1 53/1 42/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

/** Two frames; the first is red, the second blue. */
export async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all(
    [
      { r: 255, g: 0, b: 0 },
      { r: 0, g: 0, b: 255 },
    ].map((background) =>
      sharp({ create: { width: 60, height: 80, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  return sharp(frames, { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer()
}

/** 1-bit PNG of any size: a few hundred kilobytes that claim gigabytes once decoded. Made row by row of zeros. */
export function pngBomb(
  width: number,
  height: number,
  kind: { depth?: number; colours?: number; interlaced?: boolean } = {},
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = kind.depth ?? 1
  header[9] = kind.colours ?? 0
  header[12] = kind.interlaced ? 1 : 0
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 })
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const HTML = Buffer.from('<!doctype html><html><body><script>alert(1)</script></body></html>')
export const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
)
export const GIF_SCRIPT = Buffer.from('GIF89a=1;/*\x01\x00\x3b*/alert(1)//', 'latin1')

/** A valid JPEG with a page in its comment. */
export async function jpegWithPage(): Promise<Buffer> {
  const picture = await jpeg()
  const comment = Buffer.from('<html><script>fetch("/api/v1/users/me")</script></html>')
  const segment = Buffer.alloc(4)
  segment.writeUInt16BE(0xfffe, 0)
  segment.writeUInt16BE(comment.length + 2, 2)
  return Buffer.concat([picture.subarray(0, 2), segment, comment, picture.subarray(2)])
}

/** A valid JPEG with a ZIP archive appended: two formats in one file. */
export async function jpegWithZip(): Promise<Buffer> {
  const name = Buffer.from('a.txt')
  const content = Buffer.from('hello')
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.write('PK\x03\x04', 'latin1')
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(crc32(content), 14)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(content.length, 22)
  local.writeUInt16LE(name.length, 26)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  return Buffer.concat([await jpeg(), local, name, packed, end])
}

function gradient(width: number, height: number) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="g" x2="1" y2="1"><stop stop-color="#c33"/><stop offset="1" stop-color="#36c"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#g)"/></svg>`
  return sharp(Buffer.from(svg))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
