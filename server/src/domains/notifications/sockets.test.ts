import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'

let app: TestApp
let origin: string

beforeAll(async () => {
  app = await startTestApp({ roles: ['api', 'realtime', 'worker'] })
  origin = await app.http.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.stop())

type Frame = {
  event?: string
  type?: string
  code?: string
  room?: string
  id?: string
  data?: Record<string, unknown>
  [key: string]: unknown
}

async function ticketOf(person: GivenUser | GivenShop, client_type: string): Promise<string> {
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/auth/ws-ticket',
    headers: person.auth,
    payload: { client_type },
  })
  expect(response.statusCode).toBe(200)
  return response.json().ticket
}

/** An open socket that keeps every frame it got. */
async function open(path: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers })
  const frames: Frame[] = []
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString())))
  const closed = once(socket, 'close').then(([code]) => Number(code))
  const hear = async (matches: (frame: Frame) => boolean, ms = 5_000): Promise<Frame> => {
    const until = Date.now() + ms
    for (;;) {
      const found = frames.find(matches)
      if (found) return found
      if (Date.now() > until) throw new Error(`not heard, only ${JSON.stringify(frames)}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return {
    socket,
    frames,
    closed,
    hear,
    say: (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
  }
}

test('a ticket opens one socket, once, and the server greets it', async () => {
  const user = await app.given.user()
  const ticket = await ticketOf(user, 'user')
  const client = await open(`/ws/user?ticket=${ticket}`)
  const greeting = await client.hear((frame) => frame.event === 'connected')
  expect(greeting).toMatchObject({ client_type: 'user', client_id: user.user_id })
  expect(await (await open(`/ws/user?ticket=${ticket}`)).closed).toBe(1008)
  client.socket.close()
})

test('4.16 example 18: a user on /ws/admin is closed with 1008, as are a foreign origin, an access token and no ticket', async () => {
  const user = await app.given.user()
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/auth/ws-ticket',
    headers: user.auth,
    payload: { client_type: 'admin' },
  })
  expect(response.statusCode).toBe(403)
  expect(await (await open(`/ws/admin?ticket=${await ticketOf(user, 'user')}`)).closed).toBe(1008)
  expect(
    await (
      await open(`/ws/user?ticket=${await ticketOf(user, 'user')}`, {
        origin: 'http://localhost:8000.evil.example',
      })
    ).closed,
  ).toBe(1008)
  expect(await (await open(`/ws/user?ticket=${user.token}`)).closed).toBe(1008)
  expect(await (await open('/ws/user')).closed).toBe(1008)
})

test('a person hears of his own generation and of nobody else’s', async () => {
  const user = await app.given.user()
  const stranger = await app.given.user()
  const [client, other] = await Promise.all([
    open(`/ws/user?ticket=${await ticketOf(user, 'user')}`),
    open(`/ws/user?ticket=${await ticketOf(stranger, 'user')}`),
  ])
  await Promise.all([
    client.hear((frame) => frame.event === 'connected'),
    other.hear((frame) => frame.event === 'connected'),
  ])
  const made = await app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/generate',
    headers: user.auth,
    payload: { prompt: 'белая рубашка' },
  })
  const { id } = made.json()
  const frame = await client.hear((heard) => heard.event === 'generation.processing')
  expect(frame).toMatchObject({ v: 1, data: { id, status: 'queued' } })
  expect(typeof frame.id).toBe('string')
  expect(other.frames.filter((heard) => heard.event?.startsWith('generation.'))).toEqual([])
  for (const { socket } of [client, other]) socket.close()
})

test('rooms: product and shop for everybody, a generation for its owner, moderation for admins, nothing else', async () => {
  const user = await app.given.user()
  const made = await app.http.inject({
    method: 'POST',
    url: '/api/v1/generations/generate',
    headers: user.auth,
    payload: { prompt: 'coat' },
  })
  const stranger = await app.given.user()
  const client = await open(`/ws/user?ticket=${await ticketOf(stranger, 'user')}`)
  await client.hear((frame) => frame.event === 'connected')
  client.say({ type: 'ping', timestamp: 7 })
  expect(await client.hear((frame) => frame.type === 'pong')).toEqual({ type: 'pong', timestamp: 7 })
  client.say({ type: 'subscribe_room', room: 'product:5' })
  expect(await client.hear((frame) => frame.type === 'subscribed')).toEqual({
    type: 'subscribed',
    room: 'product:5',
  })
  for (const room of [`generation:${made.json().id}`, 'admin:moderation', 'user:1', 'product:x', 'order:1'])
    client.say({ type: 'subscribe_room', room })
  await client.hear(() => client.frames.filter((frame) => frame.code === 'room_forbidden').length === 5)
  client.socket.close()
})

test('sockets of every kind hear of a public setting, only admins of the others and of who changed it', async () => {
  const [user, shop, admin] = [await app.given.user(), await app.given.shop(), await app.given.admin()]
  const clients = {
    user: await open(`/ws/user?ticket=${await ticketOf(user, 'user')}`),
    shop: await open(`/ws/shop?ticket=${await ticketOf(shop, 'shop')}`),
    admin: await open(`/ws/admin?ticket=${await ticketOf(admin, 'admin')}`),
  }
  const all = Object.values(clients)
  await Promise.all(all.map((client) => client.hear((frame) => frame.event === 'connected')))
  for (const [key, value] of [
    ['rent_notice_days', '5'],
    ['user_try_on_price', '3'],
  ] as const) {
    const url = `/api/v1/admin/settings/${key}`
    const response = await app.http.inject({
      method: 'PUT',
      url,
      headers: admin.auth,
      payload: { key, value },
    })
    expect(response.statusCode).toBe(200)
  }
  const last = (frame: Frame) => frame.data?.key === 'user_try_on_price'
  await Promise.all(all.map((client) => client.hear(last)))
  const heard = (client: { frames: Frame[] }) =>
    client.frames.filter((frame) => frame.event === 'settings.updated').map((frame) => frame.data)
  const price = {
    key: 'user_try_on_price',
    old_value: '0.50',
    new_value: '3.00',
    description: 'Price of one try-on',
  }
  expect(heard(clients.user)).toEqual([price])
  expect(heard(clients.shop)).toEqual([price])
  expect(heard(clients.admin)).toEqual([
    expect.objectContaining({ key: 'rent_notice_days', new_value: '5', updated_by: admin.user_id }),
    { ...price, updated_by: admin.user_id },
  ])
  for (const { socket } of all) socket.close()
})

test('three frames that make no sense close the socket', async () => {
  const user = await app.given.user()
  const client = await open(`/ws/user?ticket=${await ticketOf(user, 'user')}`)
  await client.hear((frame) => frame.event === 'connected')
  for (const frame of ['nonsense', '[1]', '{"type":"other"}']) client.say(frame)
  expect(await client.closed).toBe(1008)
  expect(client.frames.filter((frame) => frame.code === 'bad_frame')).toHaveLength(3)
})

test('more than ten sockets of one account are refused with 1013', async () => {
  const user = await app.given.user()
  const clients = await Promise.all(
    Array.from({ length: 10 }, async () => open(`/ws/user?ticket=${await ticketOf(user, 'user')}`)),
  )
  await Promise.all(clients.map((client) => client.hear((frame) => frame.event === 'connected')))
  expect(await (await open(`/ws/user?ticket=${await ticketOf(user, 'user')}`)).closed).toBe(1013)
  for (const { socket } of clients) socket.close()
})

test('signing out closes the session’s sockets within seconds (readiness row W-06)', async () => {
  const user = await app.given.user()
  const client = await open(`/ws/user?ticket=${await ticketOf(user, 'user')}`)
  await client.hear((frame) => frame.event === 'connected')
  await app.http.inject({ method: 'POST', url: '/api/v1/auth/logout-all', headers: user.auth })
  expect(await client.closed).toBe(1008)
  expect(client.frames.at(-1)).toMatchObject({ event: 'session.revoked' })
})
