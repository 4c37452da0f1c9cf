import type { App } from './compose.ts'

export async function seedDemo(_app: App, say: (line: string) => void): Promise<void> {
  say('no demo yet')
}
