/** A child that misbehaves on command, to test what the client does about it. The image bytes are the command. */
import type { ToChild } from './protocol.ts'

const kept: Buffer[] = []

process.on('disconnect', () => process.exit(0))

process.on('message', (job: ToChild) => {
  const command = job.kind === 'cut_garment' ? Buffer.from(job.request.image).toString('utf8') : ''
  const rss_bytes = 1000
  if (command === 'exit') process.exit(3)
  if (command === 'hang') blockForever()
  if (command === 'wait') return
  if (command === 'grow') {
    for (let k = 0; k < 4; k++) kept.push(Buffer.alloc(100_000_000, 1))
    return
  }
  if (command === 'big') {
    process.send?.({ type: 'done', id: job.id, answer: process.pid, rss_bytes: 2_000_000_000 })
    return
  }
  process.send?.({ type: 'step', id: job.id, step: 'fitting' })
  process.send?.({ type: 'done', id: job.id, answer: process.pid, rss_bytes })
})

function blockForever(): void {
  for (;;) kept.length = 0
}
