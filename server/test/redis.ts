import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** A real redis-server on loopback with a folder of its own. */
export type RedisServer = {
  url: string
  port: number
  /** SIGKILL, as a machine that dies. */
  kill: () => Promise<void>
  /** Starts again on the same port, empty. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

export type RedisCluster = {
  url: string
  nodes: RedisServer[]
  masters: RedisServer[]
  stop: () => Promise<void>
}

/** `argument_lines` as on the command line, without the leading dashes: `['requirepass secret']`. */
export async function startRedis(argument_lines: string[] = [], own_port?: number): Promise<RedisServer> {
  const port = own_port ?? (await freePort())
  const folder = await mkdtemp(join(tmpdir(), 'leema-redis-'))
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    'save ""',
    'appendonly no',
    'repl-diskless-sync-delay 0',
    ...argument_lines,
  ]
  const launch = () => launchRedis(folder, lines, [])
  let child = await launch()
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    restart: async () => {
      await kill()
      child = await launch()
    },
    stop: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Three masters, each with `replicas_each` replicas. A dead master is replaced within about two seconds. */
export async function startRedisCluster(options: { replicas_each: 0 | 1 }): Promise<RedisCluster> {
  const count = 3 * (1 + options.replicas_each)
  const ports = await freePorts(2 * count)
  const nodes = await Promise.all(
    ports.slice(0, count).map((port, i) => {
      const bus_port = ports[count + i]
      const lines = ['cluster-enabled yes', 'cluster-config-file nodes.conf', 'cluster-node-timeout 1000']
      return startRedis([...lines, `cluster-port ${bus_port}`], port)
    }),
  )
  const clients = nodes.map((node) => new Redis(node.port, '127.0.0.1'))
  try {
    await joinCluster(clients, nodes)
  } finally {
    for (const client of clients) client.disconnect()
  }
  return {
    url: `redis+cluster://${nodes.map((node) => `127.0.0.1:${node.port}`).join(',')}`,
    nodes,
    masters: nodes.slice(0, 3),
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()))
    },
  }
}

/** One master, one replica, one Sentinel that fails over after half a second. */
export async function startRedisWithSentinel(): Promise<{
  url: string
  master: RedisServer
  stop: () => Promise<void>
}> {
  const master = await startRedis()
  const replica = await startRedis([`replicaof 127.0.0.1 ${master.port}`])
  const folder = await mkdtemp(join(tmpdir(), 'leema-sentinel-'))
  const port = await freePort()
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor main 127.0.0.1 ${master.port} 1`,
    'sentinel down-after-milliseconds main 500',
    'sentinel failover-timeout main 2000',
  ]
  const sentinel = await launchRedis(folder, lines, ['--sentinel'])
  const client = new Redis(port, '127.0.0.1')
  // A Sentinel can only fail over to a replica it has heard of.
  await until(
    async () => String(await client.call('sentinel', 'replicas', 'main')).includes(String(replica.port)),
    15_000,
  )
  client.disconnect()
  return {
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    master,
    stop: async () => {
      sentinel.kill('SIGKILL')
      await once(sentinel, 'exit')
      await Promise.all([master.stop(), replica.stop(), rm(folder, { recursive: true, force: true })])
    },
  }
}

async function joinCluster(clients: Redis[], nodes: RedisServer[]): Promise<void> {
  const [first] = clients
  if (!first) throw new Error('a cluster has nodes')
  const masters = clients.slice(0, 3)
  const ranges = [
    [0, 5460],
    [5461, 10922],
    [10923, 16383],
  ]
  await Promise.all(
    masters.map(async (client, i) => {
      await client.call('cluster', 'set-config-epoch', String(i + 1))
      await client.call('cluster', 'addslotsrange', ...(ranges[i] ?? []).map(String))
    }),
  )
  for (const node of nodes.slice(1)) {
    const bus_port = await busPort(node)
    await first.call('cluster', 'meet', '127.0.0.1', String(node.port), String(bus_port))
  }
  const knowsAll = async (client: Redis) =>
    (await info(client)).includes(`cluster_known_nodes:${nodes.length}`)
  for (const client of clients) await until(() => knowsAll(client), 15_000)
  const ids = await Promise.all(masters.map(async (client) => String(await client.call('cluster', 'myid'))))
  for (const [i, replica] of clients.slice(3).entries()) {
    await until(async () => (await replica.call('cluster', 'replicate', ids[i] ?? '')) === 'OK', 15_000)
  }
  for (const client of clients)
    await until(async () => (await info(client)).includes('cluster_state:ok'), 15_000)
  for (const replica of clients.slice(3)) {
    await until(async () => (await replica.info('replication')).includes('master_link_status:up'), 15_000)
  }
}

async function info(client: Redis): Promise<string> {
  return String(await client.call('cluster', 'info'))
}

async function busPort(node: RedisServer): Promise<number> {
  const client = new Redis(node.port, '127.0.0.1')
  const answer = await client.config('GET', 'cluster-port')
  client.disconnect()
  return Number(Array.isArray(answer) ? answer[1] : Number.NaN)
}

async function launchRedis(folder: string, lines: string[], mode: string[]): Promise<ChildProcess> {
  const file = join(folder, 'redis.conf')
  await writeFile(file, `${lines.join('\n')}\n`)
  const child = spawn('redis-server', [file, ...mode], { stdio: ['ignore', 'pipe', 'ignore'] })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const started = new Promise<void>((resolve, reject) => {
    let printed = ''
    child.on('error', (cause) =>
      reject(new Error('redis-server is missing: apt-get install -y redis-server', { cause })),
    )
    child.on('exit', () => reject(new Error(`redis-server did not start: ${printed}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-4_000)
      if (/Ready to accept connections|\+monitor master/.test(printed)) resolve()
    })
  })
  await started
  return child
}

async function freePort(): Promise<number> {
  const [port] = await freePorts(1)
  if (port === undefined) throw new Error('no free port')
  return port
}

/** Held all at once: asked for one after the other, two might be the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => {
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no free port')
    return address.port
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

async function until(condition: () => Promise<boolean>, limit_ms: number): Promise<void> {
  const deadline = performance.now() + limit_ms
  for (;;) {
    if (await condition().catch(() => false)) return
    if (performance.now() > deadline) throw new Error('redis did not get ready in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
