import type { TestProject } from 'vitest/node'
import { startApple } from './apple.ts'
import { startPlatform } from './platform.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The platform that all files share; a file that stops or kills one starts its own. */
    platform: { url: string; data_folder: string }
  }
}

/** One `npm start` for the whole run, with keys for the local stand-in of Apple. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let apple: Awaited<ReturnType<typeof startApple>> | undefined
  const platform = await startPlatform(async (url) => {
    apple = await startApple(url)
    return apple.environment
  })
  project.provide('platform', { url: platform.url, data_folder: platform.data_folder })
  return async () => {
    await platform.stop()
    platform.assertQuietLogs()
    platform.remove()
    apple?.stop()
  }
}
