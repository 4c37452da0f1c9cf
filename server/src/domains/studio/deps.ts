import type { Db, Reader, Tx } from '#infra/db.ts'
import type { Jobs } from '#infra/jobs.ts'
import type { Logger } from '#infra/log.ts'
import type { AccountId, ProductId, UserId } from '#kernel/id.ts'
import type { Clock } from '#kernel/time.ts'
import type { ImageProvider } from './image-provider.ts'

/** What the studio needs of the pictures; keys are storage keys. */
export type StudioMedia = {
  /** The key behind an address that a client sent, when this account may use the picture; else null. Never fetches. */
  resolve: (db: Reader, account_id: AccountId, url: string) => Promise<string | null>
  /** A picture's bytes, at most `side_max` on its longer side. @throws when the store is away */
  read: (key: string) => Promise<Uint8Array>
  /** Signed, expiring address of a private picture. */
  url: (key: string) => string
  /** Keeps a finished picture with its AI mark (an XMP packet, also in every smaller form); returns its key. */
  store: (picture: { owner_account_id: AccountId; image: Uint8Array; xmp: string }) => Promise<string>
  /** Makes a stored picture permanent in the transaction that refers to it. */
  link: (tx: Tx, keys: string[]) => Promise<void>
  /** Lets a picture go: its file is deleted by the purge job. */
  release: (tx: Tx, keys: string[]) => Promise<void>
}

export type StudioCatalog = {
  /** A listed product, its picture keys first to last; undefined for everything the public may not see. */
  findListed: (
    db: Reader,
    product_id: ProductId,
  ) => Promise<{ id: ProductId; name: string; image_keys: string[] } | undefined>
  countTryOn: (tx: Tx, product_id: ProductId) => Promise<void>
}

export type StudioDeps = {
  db: Db
  clock: Clock
  jobs: Jobs
  log: Logger
  media: StudioMedia
  catalog: StudioCatalog
  accountOf: (db: Reader, user_id: UserId) => Promise<{ account_id: AccountId; locale: string }>
}

/** Only the worker paints. */
export type RenderDeps = StudioDeps & { provider: ImageProvider }
