import { isRunning } from '../../api/can.ts'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { LookProgress } from './look-progress.tsx'
import { LookRefused } from './look-refused.tsx'
import { LookResult } from './look-result.tsx'
import { useGeneration } from './queries.ts'
import { useStudioTexts } from './texts.ts'

/** One generation in whatever state it is; a reload shows the same, because the state is the server's. */
export function LookView({ generation_id }: { generation_id: number }) {
  const texts = useStudioTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const { generation, live } = useGeneration(generation_id)
  if (generation.isPending) return <Skeleton shape="picture" />
  if (generation.data === undefined) {
    const gone = generation.error instanceof ApiProblem && generation.error.status === 404
    return (
      <State
        level={1}
        icon={gone ? 'hanger' : 'warning'}
        title={gone ? texts.gone_title : texts.load_failed}
        announce
        action={
          gone ? (
            <LinkButton to={paths.history()}>{texts.history_title}</LinkButton>
          ) : (
            <Button onClick={() => void generation.refetch()}>{ui.retry}</Button>
          )
        }
      >
        <p>{gone ? texts.gone_text : problemText(generation.error)}</p>
      </State>
    )
  }
  if (isRunning(generation.data)) return <LookProgress generation={generation.data} live={live} />
  if (generation.data.status === 'succeeded' && generation.data.image_url !== null) {
    return <LookResult generation={generation.data} image_url={generation.data.image_url} />
  }
  return <LookRefused generation={generation.data} />
}
