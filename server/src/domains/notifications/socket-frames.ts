import type { JsonObject } from '#kernel/json.ts'
import { CLOSE, type Member, type SocketHub } from './socket-hub.ts'

const FRAME_BYTES_MAX = 4_096
const FRAMES_PER_WINDOW = 20
const WINDOW_MS = 10_000
const BAD_FRAMES_MAX = 3

export type RoomPolicy = (member: Member, room: string) => Promise<boolean>

/** One frame from a client (contract 3.3). Nothing it sends can make it throw. */
export async function answerFrame(
  hub: SocketHub,
  member: Member,
  text: string,
  mayJoin: RoomPolicy,
  now_ms: number,
): Promise<void> {
  member.frames = [...member.frames.filter((time) => now_ms - time < WINDOW_MS), now_ms]
  if (member.frames.length > FRAMES_PER_WINDOW) return member.socket.close(CLOSE.policy, 'too_many_frames')
  const frame = parse(text)
  if (frame?.type === 'ping') return accept(hub, member, { type: 'pong', timestamp: frame.timestamp ?? null })
  const room = typeof frame?.room === 'string' ? frame.room : null
  if (frame?.type === 'subscribe_room' && room !== null) return subscribe(hub, member, room, mayJoin)
  if (frame?.type === 'unsubscribe_room' && room !== null) {
    member.rooms.delete(room)
    return accept(hub, member, { type: 'unsubscribed', room })
  }
  member.bad_frames += 1
  hub.send(member, { type: 'error', code: 'bad_frame' })
  if (member.bad_frames >= BAD_FRAMES_MAX) member.socket.close(CLOSE.policy, 'bad_frames')
}

async function subscribe(hub: SocketHub, member: Member, room: string, mayJoin: RoomPolicy): Promise<void> {
  if (!(await mayJoin(member, room)) || !hub.join(member, room))
    return hub.send(member, { type: 'error', code: 'room_forbidden' })
  accept(hub, member, { type: 'subscribed', room })
}

function accept(hub: SocketHub, member: Member, answer: JsonObject): void {
  member.bad_frames = 0
  hub.send(member, answer)
}

function parse(text: string): JsonObject | null {
  if (text.length > FRAME_BYTES_MAX) return null
  try {
    const value: unknown = JSON.parse(text)
    // Only read by name and checked at each use.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}
