import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'

test('the browser of the tests opens a page of ours and draws letters of all three languages', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      '<title>Leema</title><p id=a>Платье</p><p id=b>Көйлек қазақша әсем</p><p id=c>Dress</p><p id=d>&nbsp;</p>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`)
    expect(await page.title()).toBe('Leema')
    // Drawn pixels, because without fonts the text is there and nothing is seen.
    const empty = await page.locator('#d').screenshot()
    for (const id of ['#a', '#b', '#c']) {
      expect((await page.locator(id).screenshot()).length).toBeGreaterThan(empty.length + 300)
    }
  } finally {
    await browser.close()
    server.close()
  }
})
