import { useEffect } from 'react'
import { useLive } from '../../api/browser-live.ts'
import { queryClient } from '../../api/query-client.ts'
import { readAgain } from '../../api/read-again.ts'
import { approvalsKey } from './queries.ts'

/** Keeps requests and their count true while other admins ask and decide. Shows nothing. */
export function ApprovalEvents() {
  const live = useLive('admin', ({ event }) => {
    if (event === 'approvals.updated') void queryClient.invalidateQueries({ queryKey: approvalsKey })
  })
  useEffect(() => {
    if (live === 'on') readAgain(approvalsKey)
  }, [live])
  return null
}
