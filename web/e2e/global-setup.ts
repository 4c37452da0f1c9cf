import type { TestProject } from 'vitest/node'
import { startPlatform } from './platform.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The platform that all files share; a file that stops or kills one starts its own. */
    platform: { url: string; data_folder: string }
  }
}

/** One `npm start` for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const platform = await startPlatform()
  project.provide('platform', { url: platform.url, data_folder: platform.data_folder })
  return async () => {
    await platform.stop()
    platform.assertQuietLogs()
    platform.remove()
  }
}
