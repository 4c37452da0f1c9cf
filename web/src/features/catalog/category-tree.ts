import type { Category } from '../../api/types.ts'

/** Children in the order of the server; empty branches are left out, because they lead nowhere. */
export function childrenOf(categories: readonly Category[], parent_id: number | null): Category[] {
  return categories.filter(
    (category) => category.parent_id === parent_id && category.is_active && hasProducts(categories, category),
  )
}

/** From the top of the tree down to `category_id`; empty when it is unknown. */
export function pathTo(categories: readonly Category[], category_id: number | null): Category[] {
  const path: Category[] = []
  let next = category_id
  // The length guards against a cycle that the server would never send.
  while (next !== null && path.length <= categories.length) {
    const category = categories.find((one) => one.id === next)
    if (!category) break
    path.unshift(category)
    next = category.parent_id
  }
  return path
}

function hasProducts(categories: readonly Category[], category: Category): boolean {
  return (
    category.products_count > 0 ||
    categories.some((child) => child.parent_id === category.id && hasProducts(categories, child))
  )
}
