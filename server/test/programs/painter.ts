/**
 * Plays the engine's process: speaks its protocol and fails on demand, by what a person could also type as a prompt:
 * `fail:crash`, `fail:hang`, `fail:error`, `fail:refuse`, `fail:once`, `slow:<ms>`. Anything else is painted at once.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import sharp from 'sharp'
import type { FromChild, ToChild } from '#domains/studio/engine/protocol.ts'

process.on('disconnect', () => process.exit(0))
process.on('message', (job: ToChild) => void answer(job))

async function answer(job: ToChild): Promise<void> {
  if (job.kind !== 'render')
    return send({ type: 'failed', id: job.id, message: 'only words are played here', rss_bytes: 0 })
  const { prompt, width } = job.request
  send({ type: 'step', id: job.id, step: 'shading' })
  if (prompt === 'fail:crash') process.exit(1)
  if (prompt === 'fail:hang') return
  if (prompt === 'fail:refuse')
    return send({ type: 'refused', id: job.id, code: 'no_person', measured: {}, rss_bytes: 0 })
  if (prompt === 'fail:error' || (prompt.startsWith('fail:once') && isFirstTime(prompt))) {
    return send({ type: 'failed', id: job.id, message: 'asked to fail', rss_bytes: 0 })
  }
  const slow = /^slow:(\d+)/.exec(prompt)
  if (slow) await pause(Number(slow[1]))
  const height = Math.round((width * 3) / 2)
  const png = await sharp({ create: { width, height, channels: 3, background: '#204060' } })
    .png()
    .toBuffer()
  const understood = [{ word: prompt.slice(0, 20), meaning: 'dress' }]
  send({
    type: 'done',
    id: job.id,
    answer: { png, width, height, understood, ignored: [], cut: null },
    rss_bytes: 0,
  })
}

/** Remembered over restarts of this process: `fail:once:<name>` fails the first time only. */
function isFirstTime(prompt: string): boolean {
  const mark = join(tmpdir(), `leema-painter-${prompt.replace(/[^a-z0-9]/gi, '-')}`)
  if (existsSync(mark)) return false
  writeFileSync(mark, '')
  return true
}

function send(message: FromChild): void {
  process.send?.(message)
}

send({ type: 'ready', rss_bytes: 0 })
