import type { Category } from '../../api/types.ts'

export type CategoryOption = { value: string; label: string }

/** The tree as one list for a select: children below their parent, moved in by their depth. */
export function categoryOptions(categories: readonly Category[]): CategoryOption[] {
  return below(categories, null, 0)
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
  return names.length === 0 ? null : names.join(' → ')
}

function below(categories: readonly Category[], parent_id: number | null, depth: number): CategoryOption[] {
  if (depth > categories.length) return []
  return categories
    .filter((category) => category.parent_id === parent_id && category.is_active)
    .flatMap((category) => [
      // No-break spaces: a select drops ordinary ones.
      { value: String(category.id), label: `${'\u00a0\u00a0\u00a0'.repeat(depth)}${category.name}` },
      ...below(categories, category.id, depth + 1),
    ])
}
