import { mac, sameText } from '#infra/crypto-box.ts'
import {
  type MediaAddress,
  type MediaFile,
  mediaPath,
  SIGNED_MS,
  SIGNED_STEP_MS,
  type Width,
} from './model.ts'

export type AddressDeps = {
  clock: { now(): Date }
  /** Origin of the media host. */
  media_origin: string
  media_signing_key: Buffer
}

/**
 * Absolute address of a picture. A private one is signed and good for 10 to 15 minutes; within five minutes the same
 * picture gets the same address, so that browsers need not load it again.
 */
export function mediaUrl(
  deps: AddressDeps,
  file: Pick<MediaFile, 'storage_key' | 'visibility'>,
  options: { width?: Width } = {},
): string {
  const address = { key: file.storage_key, width: options.width ?? 'original' }
  const url = `${deps.media_origin}${mediaPath(address.key, address.width)}`
  if (file.visibility === 'public') return url
  const step = Math.floor(deps.clock.now().getTime() / SIGNED_STEP_MS) * SIGNED_STEP_MS
  const expires = Math.floor((step + SIGNED_MS) / 1_000)
  return `${url}?expires=${expires}&signature=${signatureOf(deps.media_signing_key, address, expires)}`
}

/** Seconds for which a signed address is still good; 0 when it is altered, unsigned or over. */
export function signedSecondsLeft(
  deps: AddressDeps,
  address: MediaAddress,
  given: { expires?: string | undefined; signature?: string | undefined },
): number {
  if (!given.expires || !given.signature || !/^[0-9]{1,12}$/.test(given.expires)) return 0
  const expires = Number(given.expires)
  if (!sameText(given.signature, signatureOf(deps.media_signing_key, address, expires))) return 0
  return Math.max(0, Math.ceil(expires - deps.clock.now().getTime() / 1_000))
}

/**
 * Absolute form of a stored address (contract 0.4 `Url`): absolute stays, a path is put on the media host, a bare name
 * is a product picture of the first version.
 */
export function absoluteUrl(deps: Pick<AddressDeps, 'media_origin'>, stored: string): string {
  if (/^https?:\/\//.test(stored)) return stored
  return `${deps.media_origin}${stored.startsWith('/') ? stored : `/uploads/products/${stored}`}`
}

function signatureOf(signing_key: Buffer, address: MediaAddress, expires: number): string {
  return mac(signing_key, `media:${address.key}:${address.width}:${expires}`)
}
