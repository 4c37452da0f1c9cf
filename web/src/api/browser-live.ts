import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { answer, api } from './client.ts'
import { createLive, type Live, type LiveEvent, type LiveStatus } from './live.ts'

export type LiveAudience = 'user' | 'shop' | 'admin'

const lives = new Map<LiveAudience, Live>()

/** Calls `onEvent` for each event of the server while the component is there; tells whether the socket is up. */
export function useLive(audience: LiveAudience, onEvent: (event: LiveEvent) => void): LiveStatus {
  const live = liveOf(audience)
  const handle = useEffectEvent(onEvent)
  useEffect(() => live.listen((event) => handle(event)), [live])
  return useSyncExternalStore(live.onStatus, live.status, () => 'off')
}

function liveOf(audience: LiveAudience): Live {
  const known = lives.get(audience)
  if (known) return known
  const made = createLive({
    ticket: async () =>
      (await answer(api.POST('/api/v1/auth/ws-ticket', { body: { client_type: audience } }))).ticket,
    open: (ticket) => new WebSocket(socketUrl(audience, ticket)),
    random: Math.random,
  })
  lives.set(audience, made)
  return made
}

function socketUrl(audience: LiveAudience, ticket: string): string {
  const url = new URL(`/ws/${audience}`, window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.searchParams.set('ticket', ticket)
  return url.href
}
