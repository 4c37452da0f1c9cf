import { randomBytes } from 'node:crypto'
import { type Issuer, issuerEnvironment, startIssuer } from '#domains/identity/google/google-test-support.ts'
import { createPaypalService } from '#local/paypal-service.ts'
import { freePort } from '#local/postgres-server.ts'

export type Outside = { env: Record<string, string>; stop: () => Promise<void> }

/** The services that the platform calls, as real programs on loopback: an OpenID issuer, and PayPal's API. */
export async function startOutside(): Promise<Outside> {
  const issuer: Issuer = await startIssuer()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const secrets = {
    client_id: 'contract-client',
    client_secret: randomBytes(16).toString('hex'),
    webhook_id: 'WH-contract',
  }
  const { server } = createPaypalService({ ...secrets, public_url: url, webhook_url: null, slow_ms: 50 })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    env: {
      ...issuerEnvironment(issuer),
      PAYPAL_BASE_URL: url,
      PAYPAL_CLIENT_ID: secrets.client_id,
      PAYPAL_CLIENT_SECRET: secrets.client_secret,
      PAYPAL_WEBHOOK_ID: secrets.webhook_id,
      TELEGRAM_BOT_TOKEN: `7000000001:${randomBytes(18).toString('hex').slice(0, 35)}`,
    },
    stop: async () => {
      issuer.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
