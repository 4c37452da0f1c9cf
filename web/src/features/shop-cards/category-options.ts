import type { Category } from '../../api/types.ts'

const SEPARATOR = ' → '

export type CategoryOption = { value: string; label: string }

/** The tree as one list for a select, children below their parent and named with it: the choice explains itself. */
export function categoryOptions(categories: readonly Category[]): CategoryOption[] {
  return below(categories, null, [])
}

/** «Женщинам → Верх» for `category_id`; null when it is unknown. */
export function categoryPath(categories: readonly Category[], category_id: number | null): string | null {
  const names: string[] = []
  let next = category_id
  // The length guards against a cycle that the server would never send.
  while (next !== null && names.length <= categories.length) {
    const category = categories.find((one) => one.id === next)
    if (!category) break
    names.unshift(category.name)
    next = category.parent_id
  }
  return names.length === 0 ? null : names.join(SEPARATOR)
}

function below(
  categories: readonly Category[],
  parent_id: number | null,
  above: readonly string[],
): CategoryOption[] {
  if (above.length > categories.length) return []
  return categories
    .filter((category) => category.parent_id === parent_id && category.is_active)
    .flatMap((category) => {
      const names = [...above, category.name]
      return [
        { value: String(category.id), label: names.join(SEPARATOR) },
        ...below(categories, category.id, names),
      ]
    })
}
