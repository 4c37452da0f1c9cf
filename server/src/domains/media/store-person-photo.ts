import type { MediaFile } from './model.ts'
import { consentRequired } from './problems.ts'
import { hasConsent } from './queries.ts'
import { type StorePictureDeps, storePictures } from './store-picture.ts'

/** The document a person accepts before photos of them are processed (contract 7.7). */
const PHOTO_CONSENT = 'photo_processing'

/**
 * Keeps a private photo of a person for 30 days.
 * @throws consent_required (403) before the file is looked at, and the refusals of `storePictures`
 */
export async function storePersonPhoto(
  deps: StorePictureDeps,
  actor: { account_id: number },
  pictures: AsyncIterable<Buffer>,
): Promise<MediaFile> {
  if (!(await hasConsent(deps.db, actor.account_id, PHOTO_CONSENT))) throw consentRequired(PHOTO_CONSENT)
  const [photo] = await storePictures(deps, { owner_account_id: actor.account_id, kind: 'person', pictures })
  if (!photo) throw new Error('a form that was read has no file')
  return photo
}
