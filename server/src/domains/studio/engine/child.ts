/**
 * The engine's own process: picture work never runs where requests are answered. It does one job at a time, at low
 * priority, and ends by itself when its parent is gone.
 */
import os from 'node:os'
import { UnreadablePicture } from '../raster/picture-io.ts'
import { cutGarment } from './garment/cut-garment.ts'
import type { EngineStep, FromChild, JobKind, Jobs, ToChild } from './protocol.ts'
import { EngineRefusal } from './refusal.ts'
import { tryOn } from './try-on.ts'

/** 0 is normal, 19 the lowest: the server's answers come first on a two-core machine. */
const niceness = 10

try {
  os.setPriority(niceness)
} catch {
  // Some containers forbid it; the work is still right, only less polite.
}

process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole group; the parent decides when the child ends.
process.on('SIGINT', () => undefined)

let last: Promise<void> = Promise.resolve()

process.on('message', (message: ToChild) => {
  last = last.then(() => work(message))
})

send({ type: 'ready', rss_bytes: process.memoryUsage.rss() })

async function work(job: ToChild): Promise<void> {
  try {
    const answer = await answerOf(job, (step) => send({ type: 'step', id: job.id, step }))
    send({ type: 'done', id: job.id, answer, rss_bytes: process.memoryUsage.rss() })
  } catch (error) {
    send(failureOf(job.id, error))
  }
}

function answerOf(job: ToChild, report: (step: EngineStep) => void): Promise<Jobs[JobKind]['answer']> {
  switch (job.kind) {
    case 'try_on':
      return tryOn(job.request, report)
    case 'cut_garment':
      report('cutting_garment')
      return cutGarment(job.request.image)
    case 'render':
      return render(job.request, report)
  }
}

/** The renderer is loaded when it is first wanted: most jobs are try-ons and do not need its dictionaries. */
async function render(
  request: Jobs['render']['request'],
  report: (step: EngineStep) => void,
): Promise<Jobs['render']['answer']> {
  const { renderGarment } = await import('../renderer/render-garment.ts')
  report('shading')
  return renderGarment(request)
}

function failureOf(id: number, error: unknown): FromChild {
  const rss_bytes = process.memoryUsage.rss()
  if (error instanceof EngineRefusal)
    return { type: 'refused', id, code: error.code, measured: error.measured, rss_bytes }
  if (error instanceof UnreadablePicture)
    return { type: 'refused', id, code: error.code, measured: {}, rss_bytes }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { type: 'failed', id, message, rss_bytes }
}

function send(message: FromChild): void {
  if (process.connected) process.send?.(message)
}
