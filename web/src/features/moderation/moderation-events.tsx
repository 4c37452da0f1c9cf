import { useQueue } from './queries.ts'
import { useModerationLive } from './use-moderation-live.ts'

/** Keeps queue and count true on every page of the panel. Shows nothing. */
export function ModerationEvents() {
  useModerationLive()
  useQueue()
  return null
}
