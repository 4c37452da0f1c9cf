import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A wire that a test can cut: between a client of ours and a real server on loopback. */
export type TcpProxy = {
  port: number
  /** Connections that are open now stay open and carry nothing more, as when a firewall forgets them. New ones work. */
  freeze: () => void
  /** Connections that are open now break. New ones work. */
  cut: () => void
  stop: () => Promise<void>
}

export async function startTcpProxy(target_port: number): Promise<TcpProxy> {
  const pairs = new Set<{ near: Socket; far: Socket; frozen: boolean }>()
  const server = createServer((near) => {
    const far = connect(target_port, '127.0.0.1')
    const pair = { near, far, frozen: false }
    pairs.add(pair)
    near.on('data', (chunk) => pair.frozen || far.write(chunk))
    far.on('data', (chunk) => pair.frozen || near.write(chunk))
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => to.destroy())
      from.on('close', () => {
        if (pair.frozen) return
        pairs.delete(pair)
        to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port')
  const each = (work: (pair: { near: Socket; far: Socket; frozen: boolean }) => void) => {
    for (const pair of [...pairs]) work(pair)
  }
  return {
    port: address.port,
    freeze: () =>
      each((pair) => {
        pair.frozen = true
      }),
    cut: () => each((pair) => pair.near.destroy()),
    stop: async () => {
      each((pair) => {
        pair.near.destroy()
        pair.far.destroy()
      })
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
