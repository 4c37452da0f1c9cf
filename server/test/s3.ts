import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real S3 server over HTTP on loopback, in a process of its own, its objects in a temporary folder. */
export type S3Server = {
  endpoint: string
  region: string
  bucket: string
  access_key_id: string
  secret_access_key: string
  stop: () => Promise<void>
}

const BUCKET = 'leema-test'

const PROGRAM = `
  import S3rver from 's3rver'
  const [directory, port] = process.argv.slice(1)
  const server = new S3rver({
    address: '127.0.0.1', port: Number(port), silent: true, directory, configureBuckets: [{ name: '${BUCKET}' }],
  })
  console.log((await server.run()).port)`

/** `options.port` brings a stopped server back at its old address. */
export async function startS3(options: { port?: number } = {}): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'leema-s3-'))
  // s3rver makes the marks of its pages with DES, which OpenSSL 3 keeps among its legacy ciphers.
  const flags = ['--openssl-legacy-provider', '--no-deprecation', '--input-type=module', '--eval', PROGRAM]
  const child = spawn(process.execPath, [...flags, '--', folder, String(options.port ?? 0)], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const died = once(child, 'exit').then(() => Promise.reject(new Error('s3rver did not start')))
  const [line] = await Promise.race([once(child.stdout, 'data'), died])
  died.catch(() => undefined)
  return {
    endpoint: `http://127.0.0.1:${String(line).trim()}`,
    region: 'us-east-1',
    bucket: BUCKET,
    // The only account that s3rver knows.
    access_key_id: 'S3RVER',
    secret_access_key: 'S3RVER',
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
