import type { TestPart } from '#domains/media/test-form.ts'
import {
  GIF_SCRIPT,
  HTML,
  jpeg,
  jpegWithPage,
  jpegWithZip,
  pngBomb,
  SVG,
} from '#domains/media/test-pictures.ts'
import { BAD, type Case, form, INVALID, LARGE, raw, TYPE } from './refusals.ts'

const photo = (bytes: Buffer, filename = 'me.jpg') =>
  form('user', '/media/person-photos', [{ name: 'file', filename, bytes }])
const avatar = (who: 'user' | 'shop', url: string, bytes: Buffer) =>
  form(who, url, [{ name: 'file', filename: 'me.jpg', bytes }])
const images = (bytes: Buffer[]) =>
  form(
    'shop',
    '/products/upload-images',
    bytes.map((file, index) => ({ name: 'files', filename: `${index}.jpg`, bytes: file })),
  )
const BOUNDARY = '------leema-test-boundary'
const FILE_HEAD = 'content-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'

export const FILES: Case[] = [
  ['a page called .jpg', TYPE, () => photo(HTML)],
  ['a page called .jpg among product pictures', TYPE, async () => images([await jpeg(), HTML])],
  ['an SVG with a script', TYPE, () => photo(SVG, 'me.svg')],
  ['a GIF that is a script', TYPE, () => photo(GIF_SCRIPT, 'me.gif')],
  ['a JPEG with a page inside', TYPE, async () => photo(await jpegWithPage())],
  ['a JPEG with an archive behind', TYPE, async () => photo(await jpegWithZip())],
  ['a page as a picture of the profile', TYPE, () => avatar('user', '/users/me/avatar', HTML)],
  ['an SVG as a picture of the shop', TYPE, () => avatar('shop', '/shops/upload-avatar', SVG)],
  [
    'a bomb as a picture of the profile',
    INVALID,
    () => avatar('user', '/users/me/avatar', pngBomb(30_000, 30_000)),
  ],
  ['no picture of the shop', BAD, () => form('shop', '/shops/upload-avatar', [])],
  ['an empty file', TYPE, () => photo(Buffer.alloc(0))],
  ['a PNG of 30,000 × 30,000', INVALID, () => photo(pngBomb(30_000, 30_000))],
  ['a JPEG cut in half', INVALID, async () => photo((await jpeg()).subarray(0, 900))],
  ['a JPEG of noise', INVALID, async () => photo(scrambled(await jpeg()))],
  ['11 MB', LARGE, async () => photo(Buffer.concat([await jpeg(), Buffer.alloc(11_000_000)]))],
  ['no file', BAD, () => form('user', '/media/person-photos', [])],
  [
    'text in place of a file',
    INVALID,
    () => form('user', '/media/person-photos', [{ name: 'file', value: 'x' }]),
  ],
  [
    'a file under another name',
    INVALID,
    async () =>
      form('user', '/media/person-photos', [{ name: 'avatar', filename: 'a.jpg', bytes: await jpeg() }]),
  ],
  ['two files for one', INVALID, async () => form('user', '/media/person-photos', await several(2, 'file'))],
  ['eleven files', INVALID, async () => form('shop', '/products/upload-images', await several(11, 'files'))],
  [
    'fifty parts',
    LARGE,
    () =>
      form(
        'shop',
        '/products',
        Array.from({ length: 50 }, (_, i) => ({ name: `f${i}`, value: 'x' })),
      ),
  ],
  ['a field called __proto__', BAD, () => form('shop', '/products', [{ name: '__proto__', value: 'x' }])],
  [
    '__proto__ in an address form',
    INVALID,
    () =>
      raw(
        'shop',
        '/products',
        'name=A&price=1&__proto__=x&__defineGetter__=x',
        'application/x-www-form-urlencoded',
      ),
  ],
  [
    'characteristics in a form, far too deep',
    INVALID,
    () =>
      raw(
        'shop',
        '/products',
        `name=A&price=1&characteristics=${encodeURIComponent(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)}`,
        'application/x-www-form-urlencoded',
      ),
  ],
  ['a form that ends too early', BAD, () => ({ ...photo(HTML), payload: `${BOUNDARY}\r\n${FILE_HEAD}abc` })],
  ['a form that ends in a head', BAD, () => ({ ...photo(HTML), payload: `${BOUNDARY}\r\ncontent-dispo` })],
  ['a form without a boundary', BAD, () => raw('user', '/media/person-photos', 'x', 'multipart/form-data')],
  [
    'a form with an endless boundary',
    BAD,
    () => raw('user', '/media/person-photos', 'x', `multipart/form-data; boundary=${'b'.repeat(900)}`),
  ],
]

async function several(count: number, name: string): Promise<TestPart[]> {
  const bytes = await jpeg(60, 80)
  return Array.from({ length: count }, (_, index) => ({ name, filename: `${index}.jpg`, bytes }))
}

/** Still a JPEG by its first bytes; everything behind its header is something else. */
function scrambled(picture: Buffer): Buffer {
  const copy = Buffer.from(picture)
  for (let at = 20; at < copy.length; at += 1) copy[at] = (at * 31) % 251
  return copy
}
