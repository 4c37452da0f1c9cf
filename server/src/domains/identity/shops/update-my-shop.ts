import { inTransaction, type Tx } from '#infra/db.ts'
import type { ShopActor } from '#kernel/actor.ts'
import { type FieldError, notFound, validationFailed } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { emitShopEvent } from '../events.ts'
import { normalisePhone } from '../model.ts'
import { shopBlocked } from '../problems.ts'
import { releasePicture, usePicture } from '../profile-picture.ts'
import { findShopProfile, lockShop, type ShopChange, type ShopProfile, updateShop } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config'>

/** Only given fields change; null clears. `is_active` is the shop's own pause switch. */
export type UpdateMyShop = {
  shop_name?: string
  owner_name?: string
  description?: string | null
  avatar_url?: string | null
  phone?: string | null
  whatsapp_number?: string | null
  address?: string | null
  is_active?: boolean
}

/**
 * @throws shop_blocked (403): a blocked shop only reads (contract 4.6)
 * @throws validation_failed (422) for a phone number or a picture
 */
export async function updateMyShop(deps: Deps, actor: ShopActor, input: UpdateMyShop): Promise<ShopProfile> {
  const { media_origin } = deps.config
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    const shop = await lockShop(tx, actor.shop_id)
    if (!shop) throw notFound()
    if (shop.blocked_at !== null) throw shopBlocked()
    const before = await getShop(tx, actor)
    const change: ShopChange = {
      ...plainFields(input),
      ...phones(input),
      ...(await picture(tx, deps, actor, input.avatar_url)),
    }
    if (input.is_active !== undefined) change.paused_at = input.is_active ? null : (shop.paused_at ?? now)
    if (shop.rejection_reason !== null && countsAsResubmission(input)) change.rejection_reason = null
    await updateShop(tx, actor.shop_id, change)
    const changed = await getShop(tx, actor)
    if (before.avatar_url !== changed.avatar_url)
      await releasePicture(tx, before.avatar_url, { media_origin, now })
    const was_paused = shop.paused_at !== null
    await emitShopEvent(
      tx,
      actor.shop_id,
      was_paused === (changed.paused_at !== null) ? 'updated' : 'status_changed',
      media_origin,
    )
    return changed
  })
}

/** The caller's own shop with its balance. */
export async function getShop(
  db: Parameters<typeof findShopProfile>[0],
  actor: ShopActor,
): Promise<ShopProfile> {
  const shop = await findShopProfile(db, actor.shop_id)
  if (!shop) throw notFound()
  return shop
}

function plainFields({ shop_name, owner_name, description, address }: UpdateMyShop): ShopChange {
  return {
    ...(shop_name === undefined ? {} : { shop_name: shop_name.trim() }),
    ...(owner_name === undefined ? {} : { owner_name: owner_name.trim() }),
    ...(description === undefined ? {} : { description }),
    ...(address === undefined ? {} : { address }),
  }
}

function phones(input: UpdateMyShop): ShopChange {
  const change: ShopChange = {}
  const errors: FieldError[] = []
  for (const field of ['phone', 'whatsapp_number'] as const) {
    const text = input[field]
    if (text === undefined) continue
    const number = text === null ? null : normalisePhone(text)
    if (number === undefined) errors.push({ field, code: 'bad_format', message: WRONG_PHONE })
    else change[field] = number
  }
  if (errors.length > 0) throw validationFailed(errors)
  return change
}

async function picture(
  tx: Tx,
  deps: Deps,
  actor: ShopActor,
  avatar_url: string | null | undefined,
): Promise<ShopChange> {
  if (avatar_url === undefined) return {}
  if (avatar_url === null || avatar_url === '') return { avatar_url: null }
  const { media_origin } = deps.config
  const used = {
    account_id: actor.account_id,
    address: avatar_url,
    kind: 'shop_avatar' as const,
    media_origin,
    now: deps.clock.now(),
  }
  return { avatar_url: await usePicture(tx, used) }
}

/** A rejected shop that fills in what the admin misses is looked at again (contract 4.6). */
function countsAsResubmission({ phone, address, description }: UpdateMyShop): boolean {
  return [phone, address, description].some((text) => typeof text === 'string' && text.trim() !== '')
}

const WRONG_PHONE = {
  ru: 'Номер в международном виде: + и 7–15 цифр',
  kk: 'Нөмір халықаралық түрде: + және 7–15 сан',
  en: 'An international number: + and 7–15 digits',
}
