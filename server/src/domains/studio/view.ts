import type { Static } from 'typebox'
import type { Charge } from '#domains/wallet/public.ts'
import type { Locale } from '#kernel/locale.ts'
import { DEFAULT_LOCALE } from '#kernel/locale.ts'
import { centsToText, centsToWire } from '#kernel/money.ts'
import { timeToWire } from '#kernel/time.ts'
import type { StudioMedia } from './deps.ts'
import { failureText } from './failure-texts.ts'
import type { Generation } from './model.ts'
import type { ChargeInfo, GenerationResponse } from './schemas.ts'

export type ViewExtras = {
  locale?: Locale
  queue_position?: number | null
  wardrobe_item_id?: number | null
  charge_info?: Static<typeof ChargeInfo> | null
}

/** GenerationResponse of contract 2.0, for REST and for the socket events alike. */
export function viewGeneration(
  row: Generation,
  media: Pick<StudioMedia, 'url'>,
  extras: ViewExtras = {},
): Static<typeof GenerationResponse> {
  const locale = extras.locale ?? DEFAULT_LOCALE
  return {
    id: row.id,
    task_id: row.id,
    user_id: row.user_id,
    product_id: row.product_id,
    type: row.type,
    mode: row.mode,
    status: row.status,
    step: row.step,
    sequence: row.sequence,
    queue_position: extras.queue_position ?? null,
    cost: centsToWire(row.cost_cents),
    prompt: row.prompt,
    aspect_ratio: row.aspect_ratio,
    image_url: row.image_key === null ? null : media.url(row.image_key),
    source_image_url: row.person_key === null ? null : media.url(row.person_key),
    is_ai: true,
    understood: row.understood?.words ?? null,
    ignored: row.understood?.ignored ?? null,
    message: MESSAGES[row.status][locale],
    error:
      row.error_code === null ? null : { code: row.error_code, message: failureText(row.error_code)[locale] },
    charge_info: extras.charge_info ?? null,
    wardrobe_item_id: extras.wardrobe_item_id ?? null,
    created_at: timeToWire(row.created_at),
    finished_at: row.finished_at === null ? null : timeToWire(row.finished_at),
  }
}

const MESSAGES = {
  queued: { ru: 'В очереди', kk: 'Кезекте', en: 'In the queue' },
  processing: { ru: 'Создаём изображение', kk: 'Сурет жасалуда', en: 'Making the picture' },
  succeeded: { ru: 'Готово', kk: 'Дайын', en: 'Done' },
  failed: { ru: 'Не получилось', kk: 'Сәтсіз аяқталды', en: 'It did not work' },
  cancelled: { ru: 'Отменено', kk: 'Тоқтатылды', en: 'Cancelled' },
} as const

/** ChargeInfo of contract 2.0: which means paid, and what is left of them. */
export function chargeInfo(
  charge: Charge,
  funds: { free_remaining: number; balance_cents: number },
  locale: Locale,
): Static<typeof ChargeInfo> {
  if (charge.charge_kind === 'balance') {
    const amount = centsToWire(charge.price_cents)
    const shown = centsToText(charge.price_cents)
    const text = {
      ru: `С баланса зарезервировано ${shown}; спишем, когда изображение будет готово`,
      kk: `Теңгерімнен ${shown} сақталды; сурет дайын болғанда алынады`,
      en: `${shown} is set aside from the balance and taken when the picture is ready`,
    }
    return {
      charged: true,
      amount,
      message: text[locale],
      balance_remaining: centsToWire(funds.balance_cents),
    }
  }
  if (charge.charge_kind === 'none') {
    return {
      charged: false,
      amount: 0,
      message: { ru: 'Бесплатно', kk: 'Тегін', en: 'Free of charge' }[locale],
    }
  }
  const free = {
    ru: `Бесплатно. Осталось бесплатных: ${funds.free_remaining}`,
    kk: `Тегін. Қалған тегін мүмкіндік: ${funds.free_remaining}`,
    en: `Free of charge. Free ones left: ${funds.free_remaining}`,
  }
  return { charged: false, amount: 0, message: free[locale], free_remaining: funds.free_remaining }
}
