/** Job `media.purge_expired`, hourly. */
export { mediaSchedule, mediaWorkers, purgeExpired } from './jobs.ts'
/** Permanent in the transaction that refers to it; temporary again when the last reference goes. */
export { linkMedia, unlinkMedia } from './link-media.ts'
export { type MediaKind, mediaPath } from './model.ts'
/** Files erased with their owner; and the copy of his data. */
export { dropFiles, eraseFiles, exportFiles, openPicture } from './personal-data.ts'
/** The stored bytes of a picture, for engines. */
export { readPicture } from './read-picture.ts'
/** The pictures of a multipart body, within limits. */
export { readPictureForm } from './read-picture-form.ts'
/** From an address that a client gave back to a file it may use; never fetches, never opens paths. */
export { mediaKeyOf, resolveOwnedMedia } from './resolve-media.ts'
/** Absolute addresses: of files (signed when private), and of what older rows hold. */
export { absoluteUrl, mediaUrl } from './signed-address.ts'
/** The one door for pictures that come from outside. */
export { type StorePictureDeps, storePicture, storePictures } from './store-picture.ts'
