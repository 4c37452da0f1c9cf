import type { Tx } from '#infra/db.ts'
import type { Listener, StoredEvent } from '#infra/outbox.ts'
import type { JsonObject } from '#kernel/json.ts'
import { asLocale, DEFAULT_LOCALE, type Locale } from '#kernel/locale.ts'
import { centsToText } from '#kernel/money.ts'
import type { MailFacts, MailTemplate } from './mail-texts.ts'
import { type MailDeps, writeMail } from './write-mail.ts'

export type ListenerDeps = MailDeps & { site_origin: string; currency: string }

/** Every event that somebody is told of by mail (contract 4.9). */
export function mailListeners(deps: ListenerDeps): Listener[] {
  return [...accountListeners(deps), ...shopListeners(deps)]
}

/** Events whose payload names the address and the language. */
function accountListeners(deps: ListenerDeps): Listener[] {
  const sign_in = `${deps.site_origin}/sign-in`
  const mail = <Template extends MailTemplate>(
    event: string,
    template: Template,
    facts: (payload: JsonObject) => MailFacts<Template>,
  ): Listener => ({
    event,
    handle: (tx, stored) => {
      const { email, locale, account_id } = stored.payload
      const to = {
        to_address: text(email),
        locale: asLocale(text(locale)),
        account_id: typeof account_id === 'number' ? account_id : null,
      }
      return writeMail(deps, tx, { ...to, dedupe_key: keyOf(stored), template, facts: facts(stored.payload) })
    },
  })
  return [
    mail('identity.verification_requested', 'verification', ({ code, link }) => ({
      code: text(code),
      link: text(link),
    })),
    mail('identity.address_taken', 'address_taken', () => ({ link: sign_in })),
    mail('identity.password_reset_requested', 'password_reset', ({ link }) => ({ link: text(link) })),
    mail('identity.password_changed', 'password_changed', () => ({})),
    mail('identity.signed_in_on_new_device', 'new_device', ({ user_agent }) => ({
      user_agent: text(user_agent) || '—',
    })),
    mail('identity.two_factor_changed', 'two_factor_changed', ({ enabled }) => ({
      enabled: enabled === true,
    })),
    mail('identity.email_change_requested', 'email_change', ({ code, link }) => ({
      code: text(code),
      link: text(link),
    })),
    mail('identity.email_changed', 'email_changed', ({ new_email }) => ({
      new_email: text(new_email),
      link: deps.site_origin,
    })),
    mail('identity.factors_changed', 'factors_changed', ({ change }) => ({ change: text(change) })),
    mail('identity.user_erased', 'account_deleted', ({ reason, forfeited_cents, keeps_shop }) => ({
      reason: text(reason) || null,
      given_up: Number(forfeited_cents) > 0 ? money(Number(forfeited_cents), deps.currency) : null,
      keeps_shop: keeps_shop === true,
    })),
    mail('identity.shop_deleted', 'shop_deleted', ({ shop_name, reason }) => ({
      shop_name: text(shop_name),
      reason: text(reason) || null,
    })),
    mail('compliance.export_ready', 'export_ready', ({ link }) => ({ link: text(link) })),
    mail('identity.account_blocked', 'account_blocked', ({ reason }) => ({ reason: text(reason) })),
    mail('identity.account_unblocked', 'account_unblocked', () => ({ link: sign_in })),
  ]
}

type ShopFacts<Template extends MailTemplate> = (
  tx: Tx,
  payload: JsonObject,
  locale: Locale,
) => Promise<MailFacts<Template>>

/** Events about a shop: address and language are looked up. */
function shopListeners(deps: ListenerDeps): Listener[] {
  const link = (path: string) => `${deps.site_origin}${path}`
  const mail = <Template extends MailTemplate>(
    event: string,
    template: Template,
    facts: ShopFacts<Template>,
  ): Listener => ({
    event,
    handle: async (tx, stored) => {
      const contact = await findContact(tx, Number(stored.payload.shop_id))
      if (!contact) return
      const locale = asLocale(contact.locale)
      const written = await facts(tx, stored.payload, locale)
      const to = { to_address: contact.email, locale }
      await writeMail(deps, tx, { ...to, dedupe_key: keyOf(stored), template, facts: written })
    },
  })
  return [
    mail('identity.shop_approved', 'shop_approved', async () => ({ link: link('/shop/products/new') })),
    mail('identity.shop_rejected', 'shop_rejected', async (_tx, { reason }) => ({
      reason: text(reason),
      link: link('/shop/profile'),
    })),
    mail('identity.shop_blocked', 'shop_blocked', async (_tx, { reason }) => ({
      reason: text(reason),
      link: link('/shop'),
    })),
    mail('moderation.product_approved', 'product_approved', async (tx, { product_id }, locale) => ({
      product_name: await productName(tx, Number(product_id), locale),
      link: link(`/products/${Number(product_id)}`),
    })),
    mail('moderation.product_rejected', 'product_rejected', async (tx, { product_id, notes }, locale) => ({
      product_name: await productName(tx, Number(product_id), locale),
      notes: text(notes) || REJECTED_BY_ADMIN[locale],
      link: link(`/shop/products/${Number(product_id)}`),
    })),
  ]
}

const REJECTED_BY_ADMIN = {
  ru: 'отклонено администратором',
  kk: 'әкімші қабылдамады',
  en: 'rejected by the administrator',
} as const
const SOME_PRODUCT = { ru: 'товар', kk: 'тауар', en: 'product' } as const

function findContact(tx: Tx, shop_id: number) {
  return tx
    .selectFrom('identity.v_shop_contacts')
    .select(['email', 'locale'])
    .where('shop_id', '=', shop_id)
    .executeTakeFirst()
}

async function productName(tx: Tx, id: number, locale: Locale = DEFAULT_LOCALE): Promise<string> {
  const row = await tx.selectFrom('catalog.v_products').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? SOME_PRODUCT[locale]
}

function money(cents: number, currency: string): string {
  return `${centsToText(cents)} ${currency}`
}

function keyOf(stored: StoredEvent): string {
  return `${stored.name}:${stored.id}`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
