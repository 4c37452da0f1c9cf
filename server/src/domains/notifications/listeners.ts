import type { Tx } from '#infra/db.ts'
import type { Listener, StoredEvent } from '#infra/outbox.ts'
import type { JsonObject } from '#kernel/json.ts'
import { asLocale, DEFAULT_LOCALE, type Locale } from '#kernel/locale.ts'
import type { MailTemplate } from './mail-texts.ts'
import { type MailDeps, type NewMail, writeMail } from './write-mail.ts'

export type ListenerDeps = MailDeps & { site_origin: string }

/** Every event that somebody is told of by mail (contract 4.9). */
export function mailListeners(deps: ListenerDeps): Listener[] {
  const link = (path: string) => `${deps.site_origin}${path}`
  const on = (event: string, handle: (tx: Tx, event: StoredEvent) => Promise<void>): Listener => ({
    event,
    handle,
  })
  const toAccount =
    <Template extends MailTemplate>(
      template: Template,
      facts: (payload: JsonObject) => NewMail<Template>['facts'],
    ) =>
    async (tx: Tx, event: StoredEvent) => {
      const to_address = text(event.payload.email)
      const locale = asLocale(text(event.payload.locale))
      await writeMail(deps, tx, {
        dedupe_key: `${event.name}:${event.id}`,
        to_address,
        locale,
        template,
        facts: facts(event.payload),
      })
    }
  const toShop =
    <Template extends MailTemplate>(
      template: Template,
      facts: (payload: JsonObject, tx: Tx, locale: Locale) => Promise<NewMail<Template>['facts']>,
    ) =>
    async (tx: Tx, event: StoredEvent) => {
      const contact = await tx
        .selectFrom('identity.v_shop_contacts')
        .select(['email', 'locale'])
        .where('shop_id', '=', Number(event.payload.shop_id))
        .executeTakeFirst()
      if (!contact) return
      const locale = asLocale(contact.locale)
      const mail = {
        dedupe_key: `${event.name}:${event.id}`,
        to_address: contact.email,
        locale,
        template,
        facts: await facts(event.payload, tx, locale),
      }
      await writeMail(deps, tx, mail)
    }
  return [
    on(
      'identity.verification_requested',
      toAccount('verification', (payload) => ({ code: text(payload.code), link: text(payload.link) })),
    ),
    on(
      'identity.address_taken',
      toAccount('address_taken', () => ({ link: link('/sign-in') })),
    ),
    on(
      'identity.password_reset_requested',
      toAccount('password_reset', (payload) => ({ link: text(payload.link) })),
    ),
    on(
      'identity.password_changed',
      toAccount('password_changed', () => ({})),
    ),
    on(
      'identity.signed_in_on_new_device',
      toAccount('new_device', (payload) => ({ user_agent: text(payload.user_agent) || '—' })),
    ),
    on(
      'identity.two_factor_changed',
      toAccount('two_factor_changed', (payload) => ({ enabled: payload.enabled === true })),
    ),
    on(
      'identity.shop_approved',
      toShop('shop_approved', async () => ({ link: link('/shop/products/new') })),
    ),
    on(
      'identity.shop_rejected',
      toShop('shop_rejected', async (payload) => ({
        reason: text(payload.reason),
        link: link('/shop/profile'),
      })),
    ),
    on(
      'moderation.product_approved',
      toShop('product_approved', async (payload, tx) => ({
        product_name: await productName(tx, payload),
        link: link(`/products/${Number(payload.product_id)}`),
      })),
    ),
    on(
      'moderation.product_rejected',
      toShop('product_rejected', async (payload, tx, locale) => ({
        product_name: await productName(tx, payload),
        notes: text(payload.notes) || REJECTED_BY_ADMIN[locale],
        link: link(`/shop/products/${Number(payload.product_id)}`),
      })),
    ),
  ]
}

const REJECTED_BY_ADMIN = {
  ru: 'отклонено администратором',
  kk: 'әкімші қабылдамады',
  en: 'rejected by the administrator',
} as const

async function productName(tx: Tx, payload: JsonObject): Promise<string> {
  const row = await tx
    .selectFrom('catalog.v_products')
    .select('name')
    .where('id', '=', Number(payload.product_id))
    .executeTakeFirst()
  return row?.name ?? { ru: 'товар', kk: 'тауар', en: 'product' }[DEFAULT_LOCALE]
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
