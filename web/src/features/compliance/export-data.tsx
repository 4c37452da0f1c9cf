import { useMutation } from '@tanstack/react-query'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import type { User } from '../../api/types.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './compliance.module.css'
import { askForExport } from './requests.ts'
import { useComplianceTexts } from './texts.ts'

/** A copy of everything, by mail. */
export function ExportData({ user }: { user: User }) {
  const texts = useComplianceTexts()
  const problemText = useProblemText()
  const ask = useMutation({ mutationFn: askForExport })
  const { error } = ask
  // "Once a day" in the server's own words says more than a number of seconds.
  const isToday = error instanceof ApiProblem && error.code === 'rate_limited' && error.detail !== null
  return (
    <div className={styles.part}>
      <h3>{texts.export_title}</h3>
      <p className={styles.text}>
        {user.email_verified ? texts.export_text(user.email) : texts.export_verify}
      </p>
      <Button
        icon="download"
        busy={ask.isPending}
        disabled={!user.email_verified || ask.isSuccess}
        onClick={() => ask.mutate()}
      >
        {texts.export_action}
      </Button>
      {ask.isSuccess && (
        <Notice tone="success" announce>
          {texts.export_asked}
        </Notice>
      )}
      {ask.isError && (
        <Notice tone={isToday ? 'info' : 'danger'} announce>
          {isToday ? error.detail : problemText(error)}
        </Notice>
      )}
    </div>
  )
}
