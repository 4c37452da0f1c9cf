import { test } from 'vitest'
import { startTestApp } from '#test/app.ts'

test('x', async () => {
  const app = await startTestApp({ roles: ['api', 'realtime'] })
  console.log(app.http.printRoutes({ commonPrefix: false }))
  const doc = app.http.swagger() as any
  console.log(JSON.stringify(doc.paths['/api/v1/products'].post, null, 1).slice(0, 3000))
  console.log(JSON.stringify(doc.paths['/api/v1/generations/try-on'].post.parameters, null, 1).slice(0, 3000))
  console.log(JSON.stringify(doc.components, null, 1).slice(0, 1500))
  await app.stop()
})
