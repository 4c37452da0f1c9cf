import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { assertNothingPersonal } from './log-canaries.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export type ServerProcess = {
  child: ChildProcess
  /** Everything it has written. */
  output: () => string
  kill: (signal: NodeJS.Signals) => Promise<void>
}

/** The server as a process of its own, ready when this resolves. @throws Error with its output when it ends before */
export async function startServerProcess(roles: string, env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [MAIN, `--roles=${roles}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => written.push(chunk.toString()))
  const ended = once(child, 'exit')
  const ready = new Promise<'ready'>((resolve) => {
    child.on('message', () => resolve('ready'))
  })
  if ((await Promise.race([ready, ended])) !== 'ready')
    throw new Error(`the server ended: ${written.join('')}`)
  return {
    child,
    output: () => written.join(''),
    kill: async (signal) => {
      child.kill(signal)
      await ended
      assertNothingPersonal(written.join('').split('\n'), env)
    },
  }
}
