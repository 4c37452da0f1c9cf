import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { exportOwnTrail } from '#domains/audit/public.ts'
import { eraseCards, exportReviews } from '#domains/catalog/public.ts'
import {
  type CopiedFile,
  eraseExports,
  type LeftBehind,
  type PersonalData,
} from '#domains/compliance/public.ts'
import { eraseTraces, exportConsents, exportProfile, exportSessions } from '#domains/identity/public.ts'
import { eraseFiles, exportFiles, type MediaKind, openPicture } from '#domains/media/public.ts'
import { forgetAddress } from '#domains/notifications/public.ts'
import { eraseGenerations, exportGenerations, type StudioMedia } from '#domains/studio/public.ts'
import { exportTransactions } from '#domains/wallet/public.ts'
import { eraseWardrobe, exportWardrobe } from '#domains/wardrobe/public.ts'
import type { Blobs } from '#infra/blobs.ts'
import type { Db } from '#infra/db.ts'
import type { Clock } from '#kernel/time.ts'

type Deps = {
  db: Db
  clock: Clock
  blobs: Blobs
  media_origin: string
  studio_media: Pick<StudioMedia, 'url'>
}

const PERSON_KINDS: MediaKind[] = ['user_avatar', 'person', 'wardrobe', 'generation', 'derived']
const SHOP_KINDS: MediaKind[] = ['shop_avatar']

/**
 * What each slice knows of people: how it is copied for them, and what is erased when a profile has ended – in this
 * order, because what refers to something goes before it. Every table that names a person stands here.
 */
export function personalData(deps: Deps): PersonalData[] {
  return [accountData(deps), wardrobeData(deps), studioData(deps), mediaData(deps), ...keptData(deps)]
}

function accountData(deps: Deps): PersonalData {
  const { db } = deps
  return {
    slice: 'identity',
    tables: {
      // Wiped in the transaction that ends the profile; what refers to them keeps a number.
      'identity.accounts': 'kept',
      'identity.users': 'kept',
      'identity.shops': 'kept',
      'identity.sessions': 'erased',
      'identity.two_factor_secrets': 'erased',
      'identity.recovery_codes': 'erased',
      'identity.passkeys': 'erased',
      'identity.email_tokens': 'erased',
      'identity.consents': 'erased',
    },
    copy: async function* (person) {
      yield { path: 'profile.json', rows: exportProfile(db, person) }
      yield { path: 'consents.json', rows: exportConsents(db, person) }
      yield { path: 'sessions.json', rows: exportSessions(db, person) }
    },
    erase: async (left) => {
      await eraseTraces(deps, left)
      return true
    },
  }
}

function wardrobeData(deps: Deps): PersonalData {
  return {
    slice: 'wardrobe',
    tables: { 'wardrobe.items': 'erased' },
    copy: async function* ({ user_id }) {
      yield { path: 'wardrobe.json', rows: exportWardrobe(deps.db, user_id, pathOfPicture) }
    },
    erase: forUsers((user_id) => eraseWardrobe(deps, user_id)),
  }
}

function studioData(deps: Deps): PersonalData {
  const studio = { db: deps.db, clock: deps.clock, media: deps.studio_media }
  return {
    slice: 'studio',
    tables: { 'studio.generations': 'erased' },
    copy: async function* ({ user_id }) {
      yield { path: 'generations.json', rows: exportGenerations(deps.db, user_id, pathOfPicture) }
    },
    erase: forUsers((user_id) => eraseGenerations(studio, user_id)),
  }
}

function mediaData(deps: Deps): PersonalData {
  return {
    slice: 'media',
    tables: { 'media.files': 'erased' },
    copy: ({ account_id }) => copyPictures(deps, account_id),
    erase: async ({ profile, account_id, until }) => {
      await eraseFiles(deps, { account_id, kinds: profile === 'user' ? PERSON_KINDS : SHOP_KINDS, until })
      return true
    },
  }
}

async function* copyPictures(deps: Deps, account_id: number): AsyncGenerator<CopiedFile> {
  for await (const { storage_key } of exportFiles(deps.db, { account_id, kinds: PERSON_KINDS }))
    yield {
      path: pathOfPicture(storage_key),
      open: (): Promise<Readable | null> => openPicture(deps, storage_key),
    }
}

/** What the law or others need stays, without the person; and what belongs to no slice. */
function keptData(deps: Deps): PersonalData[] {
  const { db } = deps
  return [
    {
      slice: 'wallet',
      tables: { 'wallet.accounts': 'kept', 'wallet.transactions': 'kept', 'wallet.free_credits': 'erased' },
      copy: async function* ({ user_id }) {
        yield { path: 'transactions.json', rows: exportTransactions(db, user_id) }
      },
    },
    {
      slice: 'catalog',
      tables: { 'catalog.reviews': 'kept', 'catalog.products': 'kept' },
      copy: async function* ({ user_id }) {
        yield { path: 'reviews.json', rows: exportReviews(db, user_id) }
      },
      erase: async ({ profile, profile_id }) => {
        if (profile === 'shop') await eraseCards(deps, profile_id)
        return true
      },
    },
    {
      slice: 'audit',
      tables: { 'audit.logs': 'kept' },
      copy: async function* ({ user_id }) {
        yield { path: 'activity.json', rows: exportOwnTrail(db, user_id) }
      },
    },
    {
      slice: 'notifications',
      tables: { 'notifications.mails': 'erased' },
      erase: async ({ email, ...left }) => email === null || forgetAddress(deps, { ...left, email }),
    },
    {
      slice: 'compliance',
      tables: { 'compliance.erasures': 'kept', 'compliance.exports': 'erased' },
      erase: forUsers((user_id) => eraseExports(deps, user_id)),
    },
    { slice: 'app', tables: {}, erase: (left) => forgetAnswers(db, left) },
  ]
}

function forUsers(erase: (user_id: number, left: LeftBehind) => Promise<void>) {
  return async (left: LeftBehind): Promise<boolean> => {
    if (left.profile === 'user') await erase(left.profile_id, left)
    return true
  }
}

/** Where a picture lies in the copy; the lists name it by this. */
function pathOfPicture(key: string): string {
  return `pictures/${key}.webp`
}

/** Stored answers to repeated requests hold what was answered. */
async function forgetAnswers(db: Db, { profile, profile_id }: LeftBehind): Promise<boolean> {
  await sql`delete from infra.idempotency_keys where account = ${`${profile}:${profile_id}`}`.execute(db)
  return true
}
