import { createIssuer } from './google-issuer.ts'

/** The local stand-in for Google as a program; see `environment.ts` for what it is given. */
function main(): void {
  const { GOOGLE_ISSUER, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, PUBLIC_URL, PORT, HOST } = process.env
  if (!GOOGLE_ISSUER || !GOOGLE_CLIENT_ID || !GOOGLE_CLIENT_SECRET || !PUBLIC_URL || !PORT) {
    throw new Error('wants GOOGLE_ISSUER, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, PUBLIC_URL and PORT')
  }
  const server = createIssuer({
    issuer: GOOGLE_ISSUER,
    client_id: GOOGLE_CLIENT_ID,
    client_secret: GOOGLE_CLIENT_SECRET,
    redirect_uri: `${PUBLIC_URL}/api/v1/auth/google/callback`,
    extra_audiences: (process.env.GOOGLE_EXTRA_AUDIENCES ?? '').split(',').filter((name) => name !== ''),
    slow_ms: 15_000,
  })
  server.listen(Number(PORT), HOST || '127.0.0.1', () =>
    process.send?.({ type: 'ready', url: GOOGLE_ISSUER }),
  )
  process.on('SIGTERM', () => process.exit(0))
  // The launcher is gone, however it ended: nothing may be left behind.
  process.on('disconnect', () => process.exit(0))
}

main()
