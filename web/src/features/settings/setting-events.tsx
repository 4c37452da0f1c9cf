import { useEffect } from 'react'
import { useLive } from '../../api/browser-live.ts'
import { queryClient } from '../../api/query-client.ts'
import { readAgain } from '../../api/read-again.ts'
import { settingsKey } from './queries.ts'

/** A request for a change shows beside the setting, too. */
const ABOUT_SETTINGS = ['settings.updated', 'approvals.updated']

/** Keeps the settings true while other admins change them. Shows nothing. */
export function SettingEvents() {
  const live = useLive('admin', ({ event }) => {
    if (ABOUT_SETTINGS.includes(event)) void queryClient.invalidateQueries({ queryKey: settingsKey })
  })
  useEffect(() => {
    if (live === 'on') readAgain(settingsKey)
  }, [live])
  return null
}
