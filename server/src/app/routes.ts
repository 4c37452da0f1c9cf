import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { approvalRoutes } from '#domains/approvals/routes.ts'
import { auditRoutes } from '#domains/audit/routes.ts'
import { catalogRoutes } from '#domains/catalog/routes.ts'
import { complianceRoutes, exportFileRoutes } from '#domains/compliance/routes.ts'
import { identityRoutes, jwksRoutes } from '#domains/identity/routes.ts'
import { mediaApiRoutes, mediaFileRoutes } from '#domains/media/routes.ts'
import { moderationRoutes } from '#domains/moderation/routes.ts'
import { type Member, mailboxRoutes, socketRoutes } from '#domains/notifications/public.ts'
import { opsRoutes } from '#domains/ops/routes.ts'
import { paymentRoutes } from '#domains/payments/routes.ts'
import { settingsRoutes } from '#domains/settings/routes.ts'
import { findGeneration } from '#domains/studio/public.ts'
import { studioRoutes } from '#domains/studio/routes.ts'
import { walletRoutes } from '#domains/wallet/routes.ts'
import { countItemsOf, itemsOfGenerations } from '#domains/wardrobe/public.ts'
import { wardrobeRoutes } from '#domains/wardrobe/routes.ts'
import { actAs, viewpointOf } from '#infra/wall.ts'
import type { Role } from './config.ts'
import type { Parts } from './slices.ts'
import { VERSION } from './version.ts'

/** Everything under `/api/v1`. */
export function apiRoutes(parts: Parts): FastifyPluginAsyncTypebox[] {
  const { db, identity, catalog, media, studio } = parts
  return [
    settingsRoutes(parts.settings),
    approvalRoutes(parts.approvals),
    identityRoutes(identity),
    auditRoutes({ db }),
    complianceRoutes(parts.compliance),
    catalogRoutes(catalog),
    mediaApiRoutes(media),
    moderationRoutes(media),
    walletRoutes({ db }),
    paymentRoutes(parts.payments),
    studioRoutes({
      ...studio,
      wardrobeItems: itemsOfGenerations,
      wardrobeItemsOf: countItemsOf,
    }),
    wardrobeRoutes({ db, url: studio.media.url }),
  ]
}

/** Everything at the root: probes, keys, pictures, sockets, and the local mailbox without a mail server. */
export function rootRoutes(parts: Parts, roles: Role[]): FastifyPluginAsyncTypebox[] {
  const { config, identity, media, hub, pool, shared, blobs } = parts
  const ops = opsRoutes({
    app_name: config.app_name,
    version: VERSION,
    public_origin: config.public_origin,
    upload_bytes_max: config.upload_bytes_max,
    currency: config.currency,
    sign_in: {
      google: true,
      apple: config.apple !== null,
      telegram: config.telegram_bot_token !== null,
    },
    probes: [
      { name: 'database', check: async () => void (await pool.query('select 1')) },
      { name: 'shared_state', check: () => shared.health() },
      { name: 'storage', check: () => blobs.health() },
    ],
    isStopping: parts.isStopping,
  })
  const sockets = socketRoutes({
    hub,
    clock: parts.clock,
    log: parts.log,
    allowed_origins: config.allowed_origins,
    redeemTicket: parts.redeemTicket,
    isStillSignedIn: ({ actor }) => parts.isStillSignedIn(actor.session_id),
    mayJoin: (member, room) => mayJoin(parts, member, room),
  })
  return [
    ops,
    jwksRoutes(identity),
    mediaFileRoutes(media),
    exportFileRoutes(parts.compliance),
    ...(roles.includes('realtime') ? [sockets] : []),
    ...(config.smtp_url === null ? [mailboxRoutes({ db: parts.db })] : []),
  ]
}

/** The only rooms there are (contract 3.3); orders come with orders. */
async function mayJoin(parts: Parts, { actor, client_type }: Member, room: string): Promise<boolean> {
  if (room === 'admin:moderation') return client_type === 'admin'
  const [, kind, text] = /^(product|shop|generation):([1-9]\d{0,14})$/.exec(room) ?? []
  if (kind === 'product' || kind === 'shop') return true
  if (kind !== 'generation' || actor.kind !== 'user') return false
  const { user_id } = actor
  // A frame of a socket belongs to no request.
  const found = await actAs(viewpointOf(actor), () => findGeneration(parts.db, Number(text), user_id))
  return found !== undefined
}
