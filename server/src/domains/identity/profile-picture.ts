import {
  absoluteUrl,
  linkMedia,
  mediaKeyOf,
  mediaPath,
  resolveOwnedMedia,
  unlinkMedia,
} from '#domains/media/public.ts'
import type { Tx } from '#infra/db.ts'
import { validationFailed } from '#kernel/problem.ts'
import { isProviderPicture } from './provider-picture.ts'

/** The stored picture of a profile as an absolute address. */
export function pictureUrl(media_origin: string, stored: string | null): string | null {
  return stored === null || stored === '' ? null : absoluteUrl({ media_origin }, stored)
}

export type UsePicture = {
  account_id: number
  address: string
  kind: 'user_avatar' | 'shop_avatar'
  media_origin: string
  now: Date
}

/**
 * What to store for the picture of a profile: a path of an own upload, which becomes permanent, or the address of the
 * provider's picture. Nothing else: no foreign host is ever shown as ours (A27).
 * @throws validation_failed (422) on `avatar_url`
 */
export async function usePicture(
  tx: Tx,
  { account_id, address, kind, media_origin, now }: UsePicture,
): Promise<string> {
  if (isProviderPicture(address)) return address
  const [file] = await resolveOwnedMedia(tx, [address], { media_origin, account_id, own_kinds: [kind] })
  if (!file) throw validationFailed([notYours])
  return keepPicture(tx, file.storage_key, now)
}

/** What to store for a picture that was uploaded for the profile; it becomes permanent. */
export async function keepPicture(tx: Tx, key: string, now: Date): Promise<string> {
  await linkMedia(tx, [key], now)
  return mediaPath(key)
}

/** The picture that a profile shows no longer; a provider's is not ours to delete. */
export async function releasePicture(
  tx: Tx,
  stored: string | null,
  { media_origin, now }: { media_origin: string; now: Date },
): Promise<void> {
  const key = stored === null ? null : mediaKeyOf(stored, media_origin)
  if (key !== null) await unlinkMedia(tx, [key], now)
}

const notYours = {
  field: 'avatar_url',
  code: 'not_allowed',
  message: {
    ru: 'Можно указать только картинку, которую вы сами загрузили',
    kk: 'Тек өзіңіз жүктеген суретті көрсетуге болады',
    en: 'Only a picture that you uploaded yourself can be used',
  },
}
