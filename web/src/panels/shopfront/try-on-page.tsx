import { useNavigate } from 'react-router'
import { useProblemText } from '../../api/problems.ts'
import { useTryOnProduct } from '../../features/studio/queries.ts'
import { useStudioTexts } from '../../features/studio/texts.ts'
import { TryOnStart } from '../../features/studio/try-on-start.tsx'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useRouteId } from '../../lib/router/route-id.ts'
import { paths } from '../../paths.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { RequireAccount } from '../shell/require-account.tsx'
import styles from './try-on-page.module.css'

export function TryOnPage() {
  const product_id = useRouteId('product_id')
  if (product_id === null) return <NotFoundPage />
  return (
    <RequireAccount kind="user">
      <TryOn product_id={product_id} />
    </RequireAccount>
  )
}

function TryOn({ product_id }: { product_id: number }) {
  const texts = useStudioTexts()
  const problemText = useProblemText()
  const navigate = useNavigate()
  const product = useTryOnProduct(product_id)
  if (product.isPending) return <Skeleton shape="block" />
  if (product.isError) {
    return (
      <ReadFailed
        level={1}
        title={texts.load_failed}
        problem={problemText(product.error)}
        onRetry={() => void product.refetch()}
      />
    )
  }
  return (
    <div className={styles.page}>
      <PageTitle>{`${texts.try_on_title}: ${product.data.name}`}</PageTitle>
      <h1>{texts.try_on_title}</h1>
      <TryOnStart
        product={product.data}
        onStarted={(generation) => void navigate(paths.look(generation.id))}
      />
    </div>
  )
}
