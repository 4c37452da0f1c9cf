/** Apple sends the name once, with the very first sign-in, and never vouches for it. */
export type AppleName = { first_name: string; last_name: string }

const PART_MAX = 120

/**
 * The name out of `user` (form field) or `user_data` (body), as an object or as JSON text, in either of the layouts in
 * use: `{name: {firstName, lastName}}` and `{first_name, last_name}`. Null when there is none.
 */
export function readAppleName(given: unknown): AppleName | null {
  const outer = asObject(typeof given === 'string' ? parse(given) : given)
  const inner = asObject(outer.name)
  const name = {
    first_name: part(inner.firstName) || part(outer.first_name),
    last_name: part(inner.lastName) || part(outer.last_name),
  }
  return name.first_name || name.last_name ? name : null
}

export function fullName(name: AppleName): string {
  return `${name.first_name} ${name.last_name}`.trim()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function part(value: unknown): string {
  if (typeof value !== 'string') return ''
  // Line breaks and other control characters have no place in a name, nor in a mail that greets by it.
  return value
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, PART_MAX)
}
