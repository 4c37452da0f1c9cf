import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createAppleIssuer } from '../../server/local/apple-issuer.ts'
import { freePort } from '../../server/local/postgres-server.ts'

/** The local stand-in for Apple with a team key of its own, and what a platform at `site_url` has to know of it. */
export async function startApple(
  site_url: string,
): Promise<{ environment: Record<string, string>; stop: () => void }> {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const team = { team_id: 'TEAM123456', service_id: 'kz.leema.site', key_id: 'KEY1234567' }
  const { server } = createAppleIssuer({
    ...team,
    issuer,
    public_key: createPublicKey(privateKey),
    redirect_uri: `${site_url}/api/v1/auth/apple/callback`,
    slow_ms: 15_000,
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    environment: {
      APPLE_ISSUER: issuer,
      APPLE_TEAM_ID: team.team_id,
      APPLE_SERVICE_ID: team.service_id,
      APPLE_KEY_ID: team.key_id,
      APPLE_PRIVATE_KEY: String(privateKey.export({ type: 'pkcs8', format: 'pem' })).replaceAll('\n', '\\n'),
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
