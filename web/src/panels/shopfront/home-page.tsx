import { CategoryChips } from '../../features/catalog/category-chips.tsx'
import { Hero } from '../../features/catalog/hero.tsx'
import { HowItWorks } from '../../features/catalog/how-it-works.tsx'
import { NewestRow } from '../../features/catalog/newest-row.tsx'
import { useCategories } from '../../features/catalog/queries.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import styles from './home-page.module.css'

export function HomePage() {
  const categories = useCategories()
  return (
    <div className={styles.home}>
      <PageTitle>{''}</PageTitle>
      <Hero />
      {categories.data && <CategoryChips categories={categories.data} filters={{}} />}
      <NewestRow />
      <HowItWorks />
    </div>
  )
}
