import { pageNumber } from '../../lib/router/page-number.ts'
import type { AuditFilters } from '../../paths.ts'

export type AuditFilter = {
  actor_type: 'user' | 'shop' | null
  actor_id: number | null
  action: string | null
  entity_type: string | null
  entity_id: number | null
  /** First and last day, YYYY-MM-DD, in the reader's zone. */
  from: string | null
  to: string | null
  page: number
}

/** What the server accepts as the name of an action or a kind of thing. */
const NAME = /^[a-z0-9_.-]{1,100}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** From the address, or from the form: the fields have the same names. */
export function filterFrom(search: URLSearchParams): AuditFilter {
  const actor_type = search.get('actor_type')
  return {
    actor_type: actor_type === 'user' || actor_type === 'shop' ? actor_type : null,
    actor_id: idFrom(search.get('actor_id')),
    action: matching(search.get('action'), NAME),
    entity_type: matching(search.get('entity_type'), NAME),
    entity_id: idFrom(search.get('entity_id')),
    from: dayFrom(search.get('from')),
    to: dayFrom(search.get('to')),
    page: pageNumber(search),
  }
}

export function addressOf({ page, ...filter }: AuditFilter): AuditFilters {
  const chosen = Object.entries(filter).filter(([, value]) => value !== null)
  return { ...Object.fromEntries(chosen), ...(page > 1 && { page }) }
}

/** How many of the filters narrow the list. */
export function countOf({ page: _, ...filter }: AuditFilter): number {
  return Object.values(filter).filter((value) => value !== null).length
}

/** What the server is asked: days become instants, the last day counts whole. */
export function queryOf({ page, from, to, ...filter }: AuditFilter, limit: number) {
  const { actor_type, actor_id, action, entity_type, entity_id } = filter
  return {
    ...(actor_type !== null && { actor_type }),
    ...(actor_id !== null && { actor_id }),
    ...(action !== null && { action }),
    ...(entity_type !== null && { entity_type }),
    ...(entity_id !== null && { entity_id }),
    ...(from !== null && { from: startOf(from, 0) }),
    ...(to !== null && { to: startOf(to, 1) }),
    skip: (page - 1) * limit,
    limit,
  }
}

function startOf(day: string, later: number): string {
  const date = new Date(`${day}T00:00:00`)
  date.setDate(date.getDate() + later)
  return date.toISOString()
}

function dayFrom(text: string | null): string | null {
  const day = matching(text, DAY)
  return day !== null && !Number.isNaN(Date.parse(`${day}T00:00:00`)) ? day : null
}

function matching(text: string | null, pattern: RegExp): string | null {
  return text !== null && pattern.test(text) ? text : null
}

function idFrom(text: string | null): number | null {
  const id = Number(text)
  return text !== null && Number.isSafeInteger(id) && id > 0 ? id : null
}
