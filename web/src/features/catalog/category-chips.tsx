import { Link } from 'react-router'
import type { Category } from '../../api/types.ts'
import { type CatalogFilters, paths } from '../../paths.ts'
import { ChipCount, chipClass } from '../../ui/chip.tsx'
import styles from './category-chips.module.css'
import { childrenOf, pathTo } from './category-tree.ts'
import { useCatalogTexts } from './texts.ts'

type CategoryChipsProps = { categories: readonly Category[]; filters: CatalogFilters }

/** The tree a level at a time: the top, then the children of whatever is chosen. */
export function CategoryChips({ categories, filters }: CategoryChipsProps) {
  const texts = useCatalogTexts()
  const chosen = pathTo(categories, filters.category_id ?? null)
  const { category_id: _, ...others } = filters
  const levels = [null, ...chosen.map((category) => category.id)]
    .map((parent_id) => ({ parent_id, children: childrenOf(categories, parent_id) }))
    .filter((level) => level.children.length > 0)
  return (
    <nav className={styles.tree} aria-label={texts.categories}>
      {levels.map((level) => (
        <ul className={styles.row} key={level.parent_id ?? 0}>
          <li>
            <Link
              className={chipClass}
              to={paths.catalog(
                level.parent_id === null ? others : { ...others, category_id: level.parent_id },
              )}
              aria-current={(filters.category_id ?? null) === level.parent_id ? 'page' : undefined}
              preventScrollReset
            >
              {texts.all}
            </Link>
          </li>
          {level.children.map((category) => (
            <li key={category.id}>
              <Link
                className={chipClass}
                to={paths.catalog({ ...others, category_id: category.id })}
                aria-current={chosen.some((one) => one.id === category.id) ? 'page' : undefined}
                preventScrollReset
              >
                {category.name}
                <ChipCount>{category.products_count}</ChipCount>
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  )
}
