export type Values = Record<string, unknown> | null
/** `undefined` where a row says nothing about the field. */
export type FieldChange = { field: string; before: unknown; after: unknown; isChanged: boolean }

/** Every field that a row has before or after, in the order in which it was written. */
export function diffOf(old_values: Values, new_values: Values): FieldChange[] {
  const fields = new Set([...Object.keys(old_values ?? {}), ...Object.keys(new_values ?? {})])
  return [...fields].map((field) => {
    const [before, after] = [old_values?.[field], new_values?.[field]]
    return { field, before, after, isChanged: JSON.stringify(before) !== JSON.stringify(after) }
  })
}
