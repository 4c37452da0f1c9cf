import { usePlatform } from '../../api/platform.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import type { AuditRow } from './queries.ts'
import { type AuditTexts, useAuditTexts } from './texts.ts'

/** Fields whose values are words of the platform, and not what somebody wrote. */
const WORDED = ['role', 'moderation_status']

/** An action in words; one without words keeps its code. */
export function actionWords(action: string, texts: AuditTexts): string {
  return texts.actions[action] ?? action
}

export function actorWords({ user_id, shop_id, actor_name }: AuditRow, texts: AuditTexts): string {
  if (user_id !== null) return actor_name ?? texts.numbered(texts.actor_user, String(user_id))
  if (shop_id !== null)
    return actor_name === null
      ? texts.numbered(texts.actor_shop, String(shop_id))
      : texts.shop_named(actor_name)
  return texts.nobody
}

type Entity = Pick<AuditRow, 'entity_type' | 'entity_id' | 'entity_name'>

export function entityWords({ entity_type, entity_id, entity_name }: Entity, texts: AuditTexts): string {
  const kind = texts.entities[entity_type] ?? entity_type
  if (entity_name !== null) return texts.named(kind, entity_name)
  return entity_id === null ? kind : texts.numbered(kind, String(entity_id))
}

/** A stored value as a person reads it; null when there is none. */
export function useValueWords(): (field: string, value: unknown) => string | null {
  const texts = useAuditTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return null
    if (typeof value === 'boolean') return value ? texts.yes : texts.no
    if (typeof value === 'number')
      return field.endsWith('_cents') ? formatMoney(value / 100, currency, language) : String(value)
    if (typeof value !== 'string') return JSON.stringify(value, null, 1)
    return (WORDED.includes(field) ? texts.values[value] : undefined) ?? value
  }
}
