import { createPublicKey } from 'node:crypto'
import { createAppleIssuer } from './apple-issuer.ts'

/**
 * The local stand-in for Apple as a program, for trying the button by hand; `npm start` does not start it. Wants the
 * server's own `APPLE_…` variables, `PUBLIC_URL` and a `PORT`.
 */
function main(): void {
  const { APPLE_ISSUER, APPLE_TEAM_ID, APPLE_SERVICE_ID, APPLE_KEY_ID, APPLE_PRIVATE_KEY, PUBLIC_URL, PORT } =
    process.env
  if (!APPLE_ISSUER || !APPLE_TEAM_ID || !APPLE_SERVICE_ID || !APPLE_KEY_ID || !APPLE_PRIVATE_KEY)
    throw new Error('wants APPLE_ISSUER, APPLE_TEAM_ID, APPLE_SERVICE_ID, APPLE_KEY_ID and APPLE_PRIVATE_KEY')
  if (!PUBLIC_URL || !PORT) throw new Error('wants PUBLIC_URL and PORT')
  const { server } = createAppleIssuer({
    issuer: APPLE_ISSUER,
    team_id: APPLE_TEAM_ID,
    service_id: APPLE_SERVICE_ID,
    key_id: APPLE_KEY_ID,
    public_key: createPublicKey(APPLE_PRIVATE_KEY.replaceAll('\\n', '\n')),
    redirect_uri: `${PUBLIC_URL}/api/v1/auth/apple/callback`,
    slow_ms: 15_000,
  })
  server.listen(Number(PORT), process.env.HOST || '127.0.0.1')
  process.on('SIGTERM', () => process.exit(0))
}

main()
