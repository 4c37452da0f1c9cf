import { afterAll, beforeAll, test } from 'vitest'
import WebSocket from 'ws'
import { startTestApp, type TestApp } from '#test/app.ts'

let app: TestApp
let origin: string
beforeAll(async () => {
  app = await startTestApp({ roles: ['api', 'realtime'] })
  origin = await app.http.listen({ host: '127.0.0.1', port: 0 })
})
test.each(['/ws/nobody?token=x', '/nope', '/api/v1/products', '/ws/user?ticket=x'])('%s', async (path) => {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`)
  socket.on('error', (e) => console.log(path, e.message))
  socket.on('close', (c, r) => console.log(path, 'closed', c, String(r)))
  await new Promise((resolve) => socket.on('close', resolve))
  console.log(path, 'connections', await new Promise((r) => app.http.server.getConnections((_e, n) => r(n))))
})
afterAll(async () => {
  const t = Date.now()
  const w = setInterval(
    () => app.http.server.getConnections((_e, n) => console.log('open', n, Date.now() - t)),
    2000,
  )
  await app.http.close()
  console.log('http closed', Date.now() - t)
  clearInterval(w)
  await app.stop()
  console.log('stopped', Date.now() - t)
}, 20000)
