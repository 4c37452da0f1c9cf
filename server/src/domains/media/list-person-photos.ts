import type { Db } from '#infra/db.ts'
import type { MediaFile } from './model.ts'
import { newestFiles } from './queries.ts'

const SHOWN = 12

/** The newest photos that the person can still use, newest first. */
export function listPersonPhotos(deps: { db: Db }, actor: { account_id: number }): Promise<MediaFile[]> {
  return newestFiles(deps.db, { account_id: actor.account_id, kind: 'person' }, SHOWN)
}
