import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { type Engine, type EngineOptions, startEngine } from './client.ts'
import { EngineFailure } from './failure.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const childFile = fileURLToPath(new URL('./test-child.ts', import.meta.url))
const engines: Engine[] = []

const start = (options: Partial<EngineOptions> = {}): Engine => {
  const engine = startEngine({ logger: quiet, child_file: childFile, timeout_ms: 5000, ...options })
  engines.push(engine)
  return engine
}

const send = (engine: Engine, command: string, options = {}): Promise<string> =>
  engine.run('cut_garment', { image: new TextEncoder().encode(command) }, options).then(
    (answer) => `pid ${String(answer)}`,
    (error: unknown) => (error instanceof EngineFailure ? error.code : `unexpected: ${String(error)}`),
  )

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const eventually = async (holds: () => boolean): Promise<boolean> => {
  for (let k = 0; k < 100; k++) {
    if (holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()))
})

describe('engine client', () => {
  it('starts no process before the first job, then keeps one for all jobs', async () => {
    const engine = start()
    expect(engine.status().pid).toBeNull()
    const first = await send(engine, 'hello')
    expect(first).toBe(`pid ${engine.status().pid}`)
    expect(await send(engine, 'again')).toBe(first)
  })

  it('reports the steps of a job to its caller', async () => {
    const steps: string[] = []
    await send(start(), 'hello', { on_step: (step: string) => steps.push(step) })
    expect(steps).toEqual(['fitting'])
  })

  it('fails only the running job when the process dies, and goes on with a new one', async () => {
    const engine = start()
    const answers = await Promise.all([send(engine, 'hello'), send(engine, 'exit'), send(engine, 'hello')])
    expect(answers[1]).toBe('engine_crashed')
    expect(answers[0]).toMatch(/^pid /)
    expect(answers[2]).toMatch(/^pid /)
    expect(answers[2]).not.toBe(answers[0])
  })

  it('survives kill -9 of an idle process', async () => {
    const engine = start()
    await send(engine, 'hello')
    const pid = engine.status().pid ?? 0
    process.kill(pid, 'SIGKILL')
    expect(await eventually(() => engine.status().pid === null)).toBe(true)
    expect(await send(engine, 'hello')).toMatch(/^pid /)
  })

  it('kills a process that does not answer in time, also one stuck in a loop', async () => {
    const engine = start()
    await send(engine, 'hello')
    const pid = engine.status().pid ?? 0
    expect(await send(engine, 'hang', { timeout_ms: 200 })).toBe('engine_timed_out')
    expect(await eventually(() => !isAlive(pid))).toBe(true)
    expect(await send(engine, 'hello')).toMatch(/^pid /)
  })

  it('counts the time of a job from its start, not from its queueing', async () => {
    const engine = start()
    const slow = send(engine, 'wait', { timeout_ms: 700 })
    const queued = send(engine, 'hello', { timeout_ms: 600 })
    expect(await slow).toBe('engine_timed_out')
    expect(await queued).toMatch(/^pid /)
  })

  it('kills a process that grows beyond the limit in mid-job', async () => {
    const engine = start({ memory_bytes_limit: 250_000_000, timeout_ms: 20_000 })
    expect(await send(engine, 'grow')).toBe('engine_crashed')
    expect(await send(engine, 'hello')).toMatch(/^pid /)
  })

  it('replaces a process that is too large after a job', async () => {
    const engine = start()
    const first = await send(engine, 'big')
    expect(await send(engine, 'hello')).not.toBe(first)
  })

  it('closes within two seconds in the middle of a job and fails what is queued', async () => {
    const engine = start()
    const running = send(engine, 'hang')
    const queued = send(engine, 'hello')
    await eventually(() => engine.status().is_busy)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const pid = engine.status().pid ?? 0
    const began = performance.now()
    await engine.close()
    expect(performance.now() - began).toBeLessThan(2000)
    expect([await running, await queued]).toEqual(['engine_closed', 'engine_closed'])
    expect(isAlive(pid)).toBe(false)
    expect(await send(engine, 'hello')).toBe('engine_closed')
  })
})

describe('engine process', () => {
  it('runs at low priority and ends by itself when its parent is gone', async () => {
    const file = fileURLToPath(new URL('./child.ts', import.meta.url))
    const child = fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const [ready] = (await once(child, 'message')) as unknown[]
    expect(ready).toMatchObject({ type: 'ready' })
    const { getPriority } = await import('node:os')
    expect(getPriority(child.pid ?? 0)).toBe(10)
    const ended = once(child, 'exit')
    child.disconnect()
    expect((await ended)[0]).toBe(0)
  })
})
