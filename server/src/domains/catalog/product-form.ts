import { badCharacteristics } from './problems.ts'

/** What is needed of a part of a multipart body, whoever parses it. */
export type TextPart =
  | { type: 'field'; fieldname: string; value: unknown }
  | { type: 'file'; fieldname: string }

/** The fields of a multipart form as a form without files has them; a file shows up as an unknown field. */
export async function readFields(parts: AsyncIterable<TextPart>): Promise<Record<string, unknown>> {
  const fields: [string, unknown][] = []
  for await (const part of parts) {
    if (part.type === 'file') return { [`${part.fieldname} (file)`]: true }
    const earlier = fields.find(([name]) => name === part.fieldname)
    if (earlier) earlier[1] = [earlier[1], part.value].flat()
    else fields.push([part.fieldname, part.value])
  }
  return Object.fromEntries(fields)
}

/**
 * The JSON form of a card sent as a form (contract 2.4): numbers from text, `characteristics` from JSON text,
 * `image_urls` from a JSON array or a comma-separated list. An empty field is one that was not filled in.
 * What cannot be converted stays text, and the schema refuses it.
 * @throws validation_failed (422) when `characteristics` is not JSON
 */
export function productFromForm(fields: Record<string, unknown>): Record<string, unknown> {
  const filled = Object.entries(fields).filter(([, value]) => value !== '')
  return Object.fromEntries(filled.map(([name, value]) => [name, CONVERTED.get(name)?.(value) ?? value]))
}

/** A map: a field may be called `__proto__` or `toString`. */
const CONVERTED = new Map<string, (value: unknown) => unknown>([
  ['price', numberFrom],
  ['category_id', numberFrom],
  ['characteristics', characteristicsFrom],
  ['image_urls', imageUrlsFrom],
])

function numberFrom(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}(\.\d{1,15})?$/.test(value.trim()) ? Number(value) : value
}

function characteristicsFrom(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw badCharacteristics('not_json')
  }
}

function imageUrlsFrom(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (!value.trim().startsWith('[')) return listed(value)
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
