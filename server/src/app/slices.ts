import type pg from 'pg'
import type { ApprovalsDeps } from '#domains/approvals/public.ts'
import { countTryOn, startViewCounter, withdrawCards } from '#domains/catalog/public.ts'
import { requestErasure } from '#domains/compliance/public.ts'
import {
  assertRecentSignIn,
  authenticate,
  authorizeSession,
  type ClosingHooks,
  createAppleSignIn,
  createGoogleSignIn,
  type IdentityDeps,
  loadSigningKeys,
  lockAdminsAs,
  promotionKind,
  redeemTicket,
} from '#domains/identity/public.ts'
import {
  linkMedia,
  mediaKeyOf,
  mediaUrl,
  readPicture,
  resolveOwnedMedia,
  type StorePictureDeps,
  storePicture,
  unlinkMedia,
} from '#domains/media/public.ts'
import { productHooks } from '#domains/moderation/public.ts'
import type { SocketHub } from '#domains/notifications/public.ts'
import { createPaypal, findPendingPayment, type PaymentsDeps } from '#domains/payments/public.ts'
import { type SettingsDeps, settingChange } from '#domains/settings/public.ts'
import { isSamplePerson, type StudioDeps, type StudioMedia, stopGenerations } from '#domains/studio/public.ts'
import { closeWallet, freezeWallet, openShopWallet, openUserWallet } from '#domains/wallet/public.ts'
import type { Blobs } from '#infra/blobs.ts'
import type { Db, Reader } from '#infra/db.ts'
import type { Jobs } from '#infra/jobs.ts'
import type { Logger } from '#infra/log.ts'
import type { MailTransport } from '#infra/mail.ts'
import type { RateLimiter } from '#infra/rate-limit.ts'
import type { SharedState } from '#infra/shared-state.ts'
import { systemStatements } from '#infra/wall.ts'
import type { Clock } from '#kernel/time.ts'
import type { Config } from './config.ts'
import { personalData } from './personal-data.ts'

export type Infra = {
  config: Config
  log: Logger
  clock: Clock
  pool: pg.Pool
  db: Db
  shared: SharedState
  blobs: Blobs
  mail: MailTransport
  jobs: Jobs
  limiter: RateLimiter
  hub: SocketHub
}

export type Parts = Infra & Awaited<ReturnType<typeof composeSlices>> & { isStopping: () => boolean }

/** Wires the slices to the infrastructure and to each other. What crosses upwards goes in as a function. */
export async function composeSlices(infra: Infra) {
  const { config, db, clock, shared, log, blobs, jobs } = infra
  const media = {
    db,
    blobs,
    clock,
    upload_bytes_max: config.upload_bytes_max,
    media_origin: config.media_origin,
    media_signing_key: config.media_signing_key,
  }
  const studio_media = studioMedia(media)
  const identity = await identityDeps(infra, media, studio_media)
  const viewCounter = startViewCounter({ db, shared, log, visitor_key: config.media_signing_key })
  const catalog = { ...media, hooks: productHooks, views: viewCounter }
  const studio: StudioDeps = {
    db,
    clock,
    jobs,
    log,
    media: studio_media,
    catalog: {
      findListed: (reader, product_id) => findListedProduct(reader, product_id, media.media_origin),
      countTryOn,
    },
    accountOf: async (reader, user_id) =>
      reader
        .selectFrom('identity.v_users')
        .select(['account_id', 'locale'])
        .where('id', '=', user_id)
        .executeTakeFirstOrThrow(),
  }
  const payments: PaymentsDeps = {
    db,
    clock,
    jobs,
    log,
    paypal: createPaypal({ ...config.paypal, brand: config.app_name }),
    config,
  }
  const staff: SettingsDeps = {
    db,
    clock,
    two_person_rule: config.two_person_rule,
    assertRecentSignIn: (actor) => assertRecentSignIn(identity, actor),
    lockAdminsAs,
  }
  const approvals: ApprovalsDeps = { ...staff, kinds: [settingChange, promotionKind({ clock })] }
  const compliance = {
    db,
    clock,
    jobs,
    blobs,
    public_origin: config.public_origin,
    personal_data: personalData({ ...media, studio_media }),
  }
  return {
    payments,
    identity,
    settings: staff,
    approvals,
    compliance,
    media,
    catalog,
    studio,
    viewCounter,
    authenticate: (token: string) => authenticate(identity, token),
    redeemTicket: (ticket: string) => redeemTicket(identity, ticket),
    isStillSignedIn: async (session_id: number) => (await authorizeSession(identity, session_id)) !== null,
  }
}

async function identityDeps(
  { config, db, pool, clock, shared, limiter, log, jobs }: Infra,
  media: MediaDeps,
  studio_media: StudioMedia,
): Promise<IdentityDeps> {
  const callbackOf = (provider: string) => `${config.public_origin}/api/v1/auth/${provider}/callback`
  return {
    db,
    pool: systemStatements(pool),
    clock,
    shared,
    limiter,
    log,
    keys: await loadSigningKeys(config.auth_signing_keys),
    google: createGoogleSignIn(config.google, callbackOf('google'), log),
    apple: config.apple && createAppleSignIn(config.apple, callbackOf('apple'), log),
    config,
    on_user_created: (tx, user_id) => openUserWallet(tx, user_id, config.currency),
    on_shop_created: (tx, shop_id) => openShopWallet(tx, shop_id, config.currency),
    uploads: media,
    closing: closingHooks({ clock, jobs, studio_media }),
  }
}

/** What happens in the other slices when a profile ends, in its transaction. */
function closingHooks(deps: Pick<Infra, 'clock' | 'jobs'> & { studio_media: StudioMedia }): ClosingHooks {
  const studio = { clock: deps.clock, media: deps.studio_media }
  return {
    obstacles: [findPendingPayment],
    stop_work: (tx, user_id) => stopGenerations(tx, studio, user_id),
    freeze_wallet: freezeWallet,
    close_wallet: closeWallet,
    withdraw_cards: (tx, shop) => withdrawCards(tx, { hooks: productHooks }, shop),
    request_erasure: (tx, request) => requestErasure(tx, deps, request),
  }
}

type MediaDeps = StorePictureDeps & { media_origin: string; media_signing_key: Buffer }

function studioMedia(media: MediaDeps): StudioMedia {
  const rules = {
    media_origin: media.media_origin,
    own_kinds: ['person', 'wardrobe', 'generation'] as const,
    product_pictures: true,
  }
  return {
    resolve: async (reader, account_id, url) => {
      const [file] = await resolveOwnedMedia(reader, [url], { ...rules, account_id })
      if (file) return file.storage_key
      const key = mediaKeyOf(url, media.media_origin)
      return key !== null && (await isSamplePerson(reader, key)) ? key : null
    },
    read: (key) => readPicture(media, key),
    url: (key) => mediaUrl(media, { storage_key: key, visibility: 'private' }),
    store: async ({ owner_account_id, image, xmp }) => {
      const file = await storePicture(media, {
        owner_account_id,
        kind: 'generation',
        bytes: Buffer.from(image),
        xmp,
      })
      return file.storage_key
    },
    link: (tx, keys) => linkMedia(tx, keys, media.clock.now()),
    release: (tx, keys) => unlinkMedia(tx, keys, media.clock.now()),
  }
}

/** A listed product with the keys of its pictures; those of the first version, which have none, are left out. */
async function findListedProduct(reader: Reader, product_id: number, media_origin: string) {
  const row = await reader
    .selectFrom('catalog.v_listed_products')
    .select(['id', 'name', 'images'])
    .where('id', '=', product_id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      name: row.name,
      image_keys: row.images.flatMap((path) => mediaKeyOf(path, media_origin) ?? []),
    }
  )
}
