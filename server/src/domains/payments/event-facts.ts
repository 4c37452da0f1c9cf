import type { Json, JsonObject } from '#kernel/json.ts'

/**
 * What is kept of a provider's event: which one it was and what it speaks of. Never the payer's name, addresses or
 * account; the rest is read back from the provider when it is wanted.
 */
export function eventFacts(event: JsonObject & { id: string; event_type: string }): JsonObject {
  const resource = memberOf(event, 'resource')
  const related_ids = memberOf(memberOf(resource, 'supplementary_data'), 'related_ids')
  return {
    id: event.id,
    event_type: event.event_type,
    create_time: memberOf(event, 'create_time'),
    resource: {
      id: memberOf(resource, 'id'),
      status: memberOf(resource, 'status'),
      amount: memberOf(resource, 'amount'),
      supplementary_data: { related_ids },
    },
  }
}

function memberOf(value: Json, name: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value[name] ?? null)
    : null
}
